# Что говорят временные шкалы и объяснения порядка. Имена потоков и процессов даёт программа.

timeline-title-exercise = { $exercise }, сценарий { $scenario }: кто, что и когда делал
timeline-title-other = Кто, что и когда делал
timeline-summary = потоки и процессы: { $lanes } · события: { $events } · напечатанные строки: { $lines } · время: { $time }
timeline-lane-summary = { $name }: от { $from } до { $to }; работает { $running } %, спит { $sleeping } %, ждёт { $waiting } %, стоит у блокировки { $blocked } %; напечатанные строки: { $lines }
timeline-lanes-unsaid = Потоки и процессы, не описанные здесь: { $count }
timeline-axis = Время идёт слева направо и отсчитывается от начала запуска.
timeline-thread = поток
timeline-process = процесс { $pid }
timeline-lane-unnamed = номер { $number }
timeline-more-names = { $names } и ещё { $count }
timeline-several = несколько событий; сколько именно
timeline-note-mixed = Где полоса меняется слишком часто, чтобы её нарисовать, высота цвета — его доля времени.
timeline-note-lines = Из напечатанных строк ({ $all }) здесь написаны { $count }; для остальных не хватило места.
timeline-note-arrows = Из стрелок ({ $all }) нарисованы { $count }, выбранные равномерно; все вместе закрыли бы рисунок.
timeline-note-lanes = Не нарисованы потоки и процессы: { $count }
timeline-note-lost = Место для записи кончилось; недостающие события: { $count }
timeline-empty = Ничего не произошло.

state-running = работает или готов работать
state-sleeping = спит
state-waiting = ждёт другого
state-blocked = стоит: блокировка занята

arrow-spawn = запускает
arrow-join = закончил, его ждали
arrow-wake = даёт ждущему идти дальше
arrow-send = сообщение

event-spawn = запускает
event-start = начинает
event-exit = заканчивает
event-join-begin = ждёт конца:
event-join-end = дождался конца:
event-sleep-begin = засыпает
event-sleep-end = просыпается
event-wait-begin = ждёт:
event-wait-end = дождался:
event-acquire = берёт
event-release = отдаёт
event-send = отправляет
event-receive = получает
event-print = печатает
event-fork = запускает процесс
event-exec = выполняет другую программу
event-signal = даёт сигнал
event-mark = отметка

object-lane = поток
object-lock = блокировка
object-condition = условие
object-barrier = барьер
object-semaphore = семафор
object-event = событие
object-queue = очередь
object-pipe = канал
object-process = процесс
object-timer = таймер
object-futex = futex

table-all = Все события таблицей
table-time = Время
table-lane = Кто
table-event = Что делает
table-about = С чем
table-left-out = Пропущено строк таблицы: { $count }

## Почему в таком порядке
order-guaranteed = гарантировано: { $what }
order-likely = только вероятно: { $what }
order-surprise = неожиданно в этом запуске: { $what }
order-more = и ещё такого же: { $count }
order-by-start = всё, что { $parent } делает до запуска другого, идёт раньше всего, что делает запущенный ({ $lanes })
order-by-join = всё, что сделано в { $lanes }, идёт раньше того, что { $waiter } делает, дождавшись конца (join)
order-by-lock = { $object }: держит всегда только один (взятий: { $turns }; потоков и процессов: { $lanes }); кто первый — дело случая
order-by-barrier = { $object }: никто не проходит, пока не прибыли все (открытий: { $rounds })
order-by-message = { $object }: полученное было отправлено раньше (сообщений: { $messages })
order-by-permit = { $object }: ни одно разрешение не взято раньше, чем отдано (взято: { $taken })
order-by-flag = { $object }: никто из ждущих не идёт дальше, пока это не наступило
order-rule-held = { $rule } (на этот раз соблюдено)
order-rule-not-held = { $rule } (на этот раз не соблюдено)
order-rule-broken = НАРУШЕН гарантированный порядок: { $rule }
order-by-sleep = «{ $first }» раньше «{ $then }»: между ними лишь сон около { $time }, больше их ничто не упорядочивает
order-overtaken = { $first } печатает раньше, чем { $then }, хотя запущен позже: эти две строки ничто не упорядочивает
order-unended = ещё не закончили, и никто не ждал: { $lanes }

why-one-line = Это одна и та же строка.
why-same-lane = «{ $first }» идёт раньше «{ $then }»: обе печатает { $lane } в порядке своей программы.
why-always = «{ $first }» идёт раньше «{ $then }» в любом запуске благодаря этой цепочке:
why-this-run = В этом запуске «{ $first }» идёт раньше «{ $then }» благодаря этой цепочке; в другом может быть наоборот:
why-none = Строки «{ $first }» и «{ $then }» ничто не упорядочивает. Между ними было { $time }; другой запуск может напечатать их наоборот.
why-step-line = { $time }: { $lane } печатает «{ $line }»
why-step-spawn = { $from_time }: { $from } запускает { $to }
why-step-join = { $from_time }: { $from } заканчивает; { $to } этого ждёт (join) и идёт дальше в { $to_time }
why-step-handover = { $from_time }: { $from } отдаёт: { $object }; { $to } берёт в { $to_time }
why-step-barrier = { $from_time }: { $from } прибывает: { $object }; лишь после этого { $to } может пройти, в { $to_time }
why-step-message = { $from_time }: { $from } отправляет: { $object }; { $to } получает в { $to_time }
why-step-flag = { $from_time }: { $from } подаёт знак: { $object }; { $to }, который этого ждёт, идёт дальше в { $to_time }
why-step-wake = { $from_time }: { $from } будит { $to }, который ждёт: { $object }; тот идёт дальше в { $to_time }

## Команды ячейки
command-why = говорит, что упорядочивает две напечатанные строки последнего запуска, или что ничто
why-usage = `:why` нужны две напечатанные строки в кавычках, например `:why "line A" "line B"`. Хватит и части строки; `"#3"` — третья строка.
why-no-line = Последний запуск не напечатал строки с «{ $text }». Его строки: { $lines }
why-several = «{ $text }» напечатано несколько раз ({ $count }). Выберите одну по номеру: { $lines }
timeline-now-on = Теперь за каждым запуском, где больше одного потока или процесса, следует рисунок.
timeline-now-off = Теперь за запусками рисунков нет. `:timeline last` рисует последний.
timeline-saved = Файл { $file } записан. Его можно открыть на `ui.perfetto.dev` или в браузере по адресу `chrome://tracing`.
timeline-saved-picture = Файл { $file } записан.
timeline-save-usage = `:timeline save` нужен файл, имя которого кончается на `.json` (для программ просмотра вроде `Perfetto`), `.svg`, `.html` или `.txt`, например `:timeline save trace.json`
timeline-save-failed = Файл { $file } не записать: { $reason }

## Командная строка
help-run-timeline = Рисует, кто, что и когда делал, в этот файл: `.svg`, `.html`, `.txt` или `.json` для программ просмотра; `-` рисует в терминале
error-timeline-ending = Временную шкалу нельзя нарисовать в { $path }.
error-timeline-ending-cause = Конец имени говорит, как рисовать: `.svg`, `.html`, `.txt` или `.json` (для программ просмотра вроде `Perfetto`).
error-timeline-ending-next = Например, `--timeline run.svg` или `--timeline -` для терминала.
