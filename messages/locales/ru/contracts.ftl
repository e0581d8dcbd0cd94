# What `weft explore s1e6` says: what the order contract of an exercise is worth.

help-explore-scenario = Для упражнения: какой из трёх его сценариев (по умолчанию 1)
help-explore-classes = Для упражнения: исследовать не больше стольких классов; они одни и те же на любой машине

contract-played = Разыграно с { $params }.
contract-played-plain = Разыграно как есть.
contract-word-broken = Нарушено
contract-word-holds = Выполняется
contract-word-can-fail = Не всегда
contract-word-never-fails = Всегда
contract-word-open = Без оценки
contract-word-unfinished = Нет конца
contract-word-lacks = Нет модели
contract-rule = { $rule }
contract-open-time = { $rule }   Речь о настоящем времени, а в модели оно виртуальное.
contract-open-outputs = { $rule }   Выводов слишком много, чтобы проверить каждый.
contract-open-no-time = { $rule }   На оценку не осталось времени.
contract-open-no-memory = { $rule }   На оценку не осталось памяти.
contract-open-interrupted = { $rule }   Прервано до оценки.
contract-open-end = Всегда ли упражнение доходит до конца, неизвестно: это проверить не удалось.
contract-unfinished = Упражнение не всегда доходит до конца.
contract-lacks = { $what }. Ничего не доказано.
contract-no-schedule = За отведённое время расписание для этого снова не нашлось.

error-contract-not-played = { $id } нельзя разыграть в модели: используется { $lacks }.
error-contract-not-played-cause = Для сокетов, других программ, веб-запросов и зелёных потоков модели нет.
error-contract-not-played-next = `weft run { $id }` запустит его по-настоящему.
error-contract-scenario = Сценария { $value } нет: у упражнения их три.
error-contract-scenario-next = Укажите `--scenario 1`, 2 или 3.
error-contract-only-files = { $option } — для программ, а не для упражнений.
error-contract-only-exercises = { $option } — для упражнений, а не для программ.
