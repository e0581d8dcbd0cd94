# Что говорят страницы `weft serve` и сама команда.

help-serve = Показать упражнения как веб-страницы
help-serve-addr = Адрес, на котором слушать (по умолчанию 127.0.0.1:8080)
help-serve-name = Имя этого сервера за прокси; если он доступен только с этой машины, запросы к другим именам отклоняются
help-serve-behind-proxy = Впереди стоит прокси: читатели различаются по последнему адресу в его `X-Forwarded-For`
help-serve-runs = Сколько упражнений выполняется одновременно (по умолчанию 24); остальные ждут очереди
serve-ready = Упражнения показаны по адресу { $url }. Ctrl-C завершает показ.
serve-open-to-all = Каждый, кому доступен адрес { $address }, может запускать там упражнения.
serve-ended = Больше ничего не выполняется.
serve-other-name = Этот сервер не известен под таким именем. Если он должен так называться, запустите его командой `weft serve --name HOST`.
error-serve = Страницы показать нельзя.
error-serve-cause = { $reason }
error-serve-next = `weft doctor` проверит эту машину.
error-serve-address = Показать страницы по адресу { $address } нельзя.
error-serve-address-cause =
    { $kind ->
        [taken] Этот адрес занят другой программой.
        [elsewhere] У этой машины нет такого адреса.
        [denied] У вас нет права его занимать: порты ниже 1024 доступны только администратору.
       *[other] { $reason }
    }
error-serve-address-next = Выберите другой адрес: `--addr`, например `--addr 127.0.0.1:8081`.

## Рамка каждой страницы
serve-name = Weft
serve-title = Потоки и процессы: упражнения
serve-lead = Каждое упражнение на самом деле запускает потоки или процессы и говорит, какой порядок строк гарантирован, а какой — дело случая.
serve-skip = Перейти к содержимому
serve-language = Язык
serve-menu = Все упражнения
serve-search = Поиск
serve-search-button = Найти
serve-found = { $count ->
    [one] Найдено { $count } упражнение
    [few] Найдено { $count } упражнения
   *[other] Найдено { $count } упражнений
}
serve-found-label = Найдено упражнений:
serve-found-none = Упражнений с такими словами в названии нет.
serve-series-s1 = Потоки
serve-series-s2 = Процессы
serve-series-s3 = Ждать или вычислять, и `UptimeSquirrel` в шести вариантах
serve-series-s4 = Программы, мойщики посуды, объекты `Future`, зелёные потоки, брокеры
serve-series-s5 = Процессы с общими данными
serve-series-s6 = Инструменты для потоков
serve-series-s7 = Инструменты для процессов
serve-choose = Выберите упражнение:
serve-not-found = Такой страницы нет.

## Упражнение
serve-exercise = К упражнению
serve-picture = Картинка
serve-picture-summary = Обычный запуск, записанный заранее
serve-inputs = Ввод
serve-wrong = Выполнить это нельзя:
serve-more-inputs = Что ещё можно выбрать
serve-shake = случайная задержка, не больше стольких миллисекунд (от 0 до 1000), при каждом вызове библиотеки: гарантированный порядок сохраняется, случайный нарушается
serve-stop = Остановить
serve-lost = Связь прервалась до конца запуска. Запустите ещё раз.
serve-output = Вывод
serve-output-none = Нажмите «Запустить»: строки появятся здесь по мере печати, а за ними временная шкала этого запуска.
serve-possible = Что ещё могло произойти
serve-possible-lead = Один запуск показывает один порядок событий. Исследователь разыграл каждый сценарий в модели, с малыми числами, во всех возможных порядках; где это не удалось, так и сказано.
serve-possible-one = Возможен ровно один вывод.
serve-possible-exactly = Возможных различных выводов ровно { $count }.
serve-possible-too-many = Различных выводов больше, чем можно сосчитать.
serve-possible-it = Этот вывод
serve-possible-some = Некоторые из них, как можно более разные
serve-possible-orders = Гарантировано: всегда в этом порядке, и почему
serve-possible-order = «{ $before }» раньше, чем «{ $after }»: { $cause }
serve-possible-luck = Случайно или по времени: то одно раньше, то другое
serve-possible-pair = «{ $one }» и «{ $other }»
serve-possible-likely-fails = Только вероятно: `{ $rule }` может нарушиться.
serve-possible-likely-holds = Названо вероятным, но при столь малых числах ничто этого не нарушает: `{ $rule }`.
serve-possible-likely-open = Только вероятно и без оценки: `{ $rule }`.
serve-possible-sampled = Не доказано: порядков больше, чем было испробовано. Здесь ничего не перечислено: это могло бы быть не всё.
serve-possible-bounded = Не доказано: некоторые выполнения пришлось оборвать. Здесь ничего не перечислено: это могло бы быть не всё.
serve-possible-lacks = Не исследовано: используется { $what }, а модели этого у исследователя нет. Запустите несколько раз со случайной задержкой и посмотрите, что меняется.
serve-possible-lacks-sockets = сетевое соединение (сокеты)
serve-possible-lacks-the-end-of-a-pipe-whose-writers-have-ended = признак конца канала, когда все, кто в него писал, завершились
serve-possible-again = В терминале: `{ $line }`
serve-explanation = Объяснение
serve-guaranteed = Гарантировано при каждом запуске
serve-likely = Только вероятно
serve-error-scenario = Сценария «{ $value }» нет.
serve-error-scenario-next = Выберите от 1 до { $last }.
serve-error-range = «{ $value }» не подходит для { $name }.
serve-error-range-next = Выберите целое число от { $min } до { $max }.
serve-error-seed = «{ $value }» не годится как зерно.
serve-error-seed-next = Выберите целое число, 0 или больше, или оставьте поле пустым.
serve-error-json = «{ $value }» не подходит для { $name }.
serve-error-json-next = Выберите 1 для JSON или 0 для страницы.
serve-error-twice = { $name } указано дважды.
serve-error-twice-next = Укажите один раз.
serve-error-parameter = У упражнения { $id } нет параметра «{ $name }».
serve-error-parameter-next = Его параметры: { $allowed }.

## Запуск
serve-waiting = { $count ->
    [0] Этот запуск следующий.
    [one] Перед этим { $count } запуск.
    [few] Перед этим { $count } запуска.
   *[other] Перед этим { $count } запусков.
}
serve-busy = { $count ->
    [one] Слишком много запусков ждут. Попробуйте снова через { $count } секунду.
    [few] Слишком много запусков ждут. Попробуйте снова через { $count } секунды.
   *[other] Слишком много запусков ждут. Попробуйте снова через { $count } секунд.
}
serve-busy-own = { $count ->
    [one] С вашего адреса идёт слишком много запусков; другие могут начинать свои. Попробуйте снова через { $count } секунду.
    [few] С вашего адреса идёт слишком много запусков; другие могут начинать свои. Попробуйте снова через { $count } секунды.
   *[other] С вашего адреса идёт слишком много запусков; другие могут начинать свои. Попробуйте снова через { $count } секунд.
}
serve-done = Запуск завершился через { $time }.
serve-timed-out = Запуск длился слишком долго и был прекращён.
serve-stopped-time = Запуск длился слишком долго и был прекращён.
serve-stopped-output = Запуск вывел больше, чем помещается, и был прекращён.
serve-stopped-memory = Запуск занял слишком много памяти и был прекращён.
serve-stopped-threads = Запуск создал слишком много потоков и был прекращён.
serve-stopped-abandoned = Запуск остановлен.
serve-stopped-closing = Сервер завершает работу, поэтому запуск прекращён.
serve-stopped-failed = Запуск не удался. { $reason }
serve-order = Порядок
serve-result = Итоговые значения
serve-this-run = Этот запуск на отдельной странице
serve-this-json = Этот запуск как JSON
serve-run-gone = Этот запуск больше не хранится.

## Комнаты класса
serve-room = Комнаты
serve-room-lead = В комнате преподаватель показывает всем одну страницу: каждый в ней видит один и тот же запуск на своём языке.
serve-room-name = Название комнаты
serve-room-enter = Войти
serve-room-open = Открыть новую комнату
serve-room-yours = Ваша комната: { $room }
serve-room-unknown = Комнаты с таким названием нет.
serve-room-full = Комнат слишком много, или в этой слишком много читателей. Попробуйте позже.
serve-room-not-yours = Показывать в комнате может только браузер, который её открыл.
serve-room-title = Комната { $room }
serve-room-leads = Это ваша комната. Назовите её классу: { $room }. Затем выберите упражнение и нажмите там «Запустить для комнаты».
serve-room-waiting = Пока ничего не показано. Эта страница изменится сама.
serve-room-shows = Показано упражнение { $id }: { $title }
serve-room-frame = Что показано в комнате
serve-room-run = Запустить для комнаты

## Адреса для программ
serve-docs = Адреса для программ
serve-docs-lead = У каждого упражнения есть адрес. С `Json=1` ответ — один документ JSON, без этого — страница. Без `scenario` ничего не выполняется.
serve-docs-read = Читать все
serve-docs-try = Попробовать
serve-docs-send = Отправить
serve-docs-name = Имя
serve-docs-values = Значения
serve-docs-about = Описание
serve-docs-forms = Вид ответов
serve-docs-q = слова, которые ищут в названиях упражнений
serve-docs-tag = упражнение; ответ ведёт на его страницу
serve-docs-run = имя запуска, как на его странице; хранятся последние запуски
serve-docs-json = 1 для одного документа JSON, 0 для страницы
serve-docs-200 = Документ или страница.
serve-docs-400 = Параметр неверен; ответ говорит, какой, почему и что он принимает.
serve-docs-429 = Слишком много запусков ждут; `Retry-After` говорит, когда попробовать снова.
