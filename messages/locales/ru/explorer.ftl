# Что говорит `weft explore`: что могло бы произойти.

## Справка

help-explore = Найти всё, что может напечатать программа с потоками, и всё, что в ней может пойти не так
help-explore-after = Программа пишется на обычном `std`; можно использовать и каналы и `scope` из `crossbeam`, и блокировки из `parking_lot`, и нашу библиотеку: `exercises::sync` и `exercises::process`. Она не запускается, а исследуется. Код выхода 1 означает, что найдена ошибка, 4 — что ответа нет: исследование прервано, или не хватило времени или памяти.
help-explore-file = Программа: файл Rust с `main`; или упражнение, например s1e6
help-explore-budget = Сколько секунд может длиться исследование (по умолчанию 10)
help-explore-replay = Показать по шагам одно расписание из тех, что даны при найденном
help-explore-timeline = Рисует расписание из `--replay` или `--play` как временную шкалу в этот файл: `.svg`, `.html`, `.txt` или `.json` для программ просмотра; `-` рисует в терминале
help-explore-play = Выбирайте сами, чей следующий ход: показывает, что делают эти шаги и кто может идти потом; если шагов нет, с самого начала
help-explore-ask = Может ли она напечатать в точности эти строки? Они разделяются знаком `|`
help-explore-list = Показать ещё и столько возможных выводов
help-explore-equal = Сравнить две программы: может ли B напечатать то же, что A?
help-explore-edition = Редакция программы: 2018, 2021 или 2024 (по умолчанию 2024)
help-explore-cell = В файле ячейка: можно и без `main`

## Во время работы

explore-preparing = Исследователь готовится для этого компилятора, один раз:
explore-preparing-crates = Готовятся крейты, с которыми проверяется эта программа, один раз:
explore-progress = классов: { $classes }, { $seconds } с

## Чего стоит ответ

explore-proved = ДОКАЗАНО
explore-bounded = ОГРАНИЧЕНО
explore-bounded-preemptions = ДОКАЗАНО ПРИ НЕ БОЛЕЕ ЧЕМ { $bound } { $bound ->
    [one] ВЫТЕСНЕНИИ
    [few] ВЫТЕСНЕНИЯХ
   *[many] ВЫТЕСНЕНИЯХ
}
explore-sampled = ВЫБОРКА { $executions }
explore-effort = { $classes ->
    [one] { $classes } класс
    [few] { $classes } класса
   *[many] { $classes } классов
}, { $ms } мс
explore-outcomes = исходов: { $count }
explore-outcomes-too-many = исходов слишком много, чтобы их сосчитать
explore-outcomes-not-counted = исходы не сосчитаны
explore-cut-short-time = Не хватило времени, чтобы выяснить всё, что может быть напечатано, и в каких порядках.
explore-cut-short-memory = Не хватило памяти, чтобы выяснить всё, что может быть напечатано, и в каких порядках.
explore-cut-short-interrupted = Прервано прежде, чем выяснилось всё, что может быть напечатано, и в каких порядках.
explore-some-end = Некоторые кончаются так: { $endings }
explore-more = и ещё { $count }
explore-not-proved = Это не доказано: испробовать удалось не всё.

## Порядок

explore-word-guaranteed = Гарантировано
explore-word-held = Пока так
explore-word-likely = Вероятно
explore-word-luck = Случайно
explore-guaranteed = «{ $before }» раньше «{ $after }»   { $cause }
explore-likely = «{ $before }» раньше «{ $after }»   обычно, но без гарантии
explore-likely-margin = «{ $before }» раньше «{ $after }»   только по времени; нарушится, если поток задержится на { $ms } мс
explore-luck = «{ $one }» и «{ $other }»: то одно раньше, то другое
explore-cause = { $by }, строка { $line }
explore-by-join = `join`
explore-by-process = ожидание процесса
explore-by-barrier = барьер
explore-by-channel = канал
explore-by-pipe = канал (Pipe)
explore-by-condition = условная переменная
explore-by-once = то, что выполняется один раз
explore-by-park = `unpark`
explore-by-lock = блокировка
explore-by-atomic = атомарная переменная
explore-by-spawn = запуск потока
explore-by-program-order = и то и другое делает один поток
explore-by-other = несколько причин вместе

## Что найдено

explore-word-deadlock = Тупик
explore-word-lost-update = Потеря
explore-word-data-race = Гонка данных
explore-word-panic = Паника
explore-word-livelock = Живой тупик
explore-word-lost-wakeup = Сигнал потерян
explore-word-blocked-at-exit = Завис
explore-word-nondeterminism = Не повторить
explore-deadlock = Взаимная блокировка: никто не может идти дальше (строки { $lines }).
explore-lost-update = Один поток затирает то, что другой только что изменил (строки { $lines }).
explore-data-race = Два потока обращаются к одной памяти, один из них пишет, и порядка между ними нет (строки { $lines }).
explore-panic = Строка { $lines }: { $message }
explore-livelock = Потоки работают без конца и никуда не приходят (строки { $lines }).
explore-lost-wakeup = Поток ждёт уведомления, которое пришло до того, как он стал ждать (строки { $lines }).
explore-blocked-at-exit = Программа кончается, а поток заблокирован навсегда (строки { $lines }).
explore-nondeterminism = Тот же порядок шагов во второй раз сделал другое (строка { $lines }).
explore-word-spurious = Пробуждение
explore-spurious = { $count ->
    [0] Ожидание условия может кончиться и без уведомления (ложное пробуждение: документация `std` и `POSIX` это допускает). Тогда возможно вот что:
    [one] Ожидание в строке { $lines } может кончиться и без уведомления (ложное пробуждение: документация `std` и `POSIX` это допускает). Тогда возможно вот что:
   *[other] Ожидания в строках { $lines } могут кончиться и без уведомления (ложные пробуждения: документация `std` и `POSIX` это допускает). Тогда возможно вот что:
}
explore-equal-spurious = Так обстоит дело без ложных пробуждений. С ними о B можно сказать вот что:
explore-spurious-prints = Печатается это, дальше: { $ending }
explore-spurious-advice = После каждого ожидания проверьте снова, нужно ли ещё ждать: вместо `if` нужен `while` или `wait_while`.
explore-spurious-crashed = Ожидание условия может кончиться и без уведомления (ложное пробуждение: документация `std` и `POSIX` это допускает). Тогда программа падает.
explore-spurious-stuck = Ожидание условия может кончиться и без уведомления (ложное пробуждение: документация `std` и `POSIX` это допускает). Тогда поток работает дальше и не доходит ни до блокировки, ни до канала, ни до атомарной переменной, ни до своего конца.
explore-spurious-untried = Испробовать удалось не все ложные пробуждения: вредит ли программе ожидание, которое кончилось без уведомления, неизвестно.
explore-spurious-untried-time = Испробовать все ложные пробуждения не хватило времени: вредит ли программе ожидание, которое кончилось без уведомления, неизвестно.
explore-spurious-untried-memory = Испробовать все ложные пробуждения не хватило памяти: вредит ли программе ожидание, которое кончилось без уведомления, неизвестно.
explore-spurious-untried-interrupted = Прервано прежде, чем испробованы все ложные пробуждения: вредит ли программе ожидание, которое кончилось без уведомления, неизвестно.
explore-replay-with = Посмотреть: `--replay { $schedule }`
explore-picture-clock = На рисунке каждый шаг занимает одну миллисекунду: времени в модели нет.
explore-replay-in-cell = Посмотреть: `:replay { $schedule }`
explore-who-main = main
explore-who-thread = поток { $number }
explore-waits = { $who } (строка { $line }) ждёт: { $what }.
explore-waits-held = { $who } (строка { $line }) ждёт: { $what }; со строки { $taken } это держит { $whom }.
explore-waits-end = { $who } (строка { $line }) ждёт завершения: { $whom }.
explore-object-mutex = блокировка
explore-object-rwlock = блокировка чтения и записи
explore-object-condition = уведомление
explore-object-thread = конец потока
explore-object-unpark = `unpark`
explore-object-barrier = остальные у барьера
explore-object-once = то, что выполняется один раз
explore-object-room = место в канале
explore-object-message = сообщение
explore-object-turn = своя очередь
explore-ends-finished = обычный конец
explore-ends-code = код выхода { $code }
explore-ends-panicked = паника
explore-ends-deadlock = взаимная блокировка
explore-ends-cut-off = конца не видно

## Вопросы

explore-word-ask = Вопрос
explore-possible = возможно; дальше: { $endings }
explore-impossible = невозможно начиная со строки { $line }; там могло бы быть: { $could }

## Две программы

explore-equal = ОДИНАКОВЫ: обе могут напечатать в точности одно и то же ({ $a } = { $b })
explore-under = НЕДОСТАТОК СИНХРОНИЗАЦИИ: B может напечатать то, чего A не печатает никогда ({ $a }, { $b })
explore-over = ИЗБЫТОК СИНХРОНИЗАЦИИ: B никогда не напечатает кое-что из того, что может A ({ $a }, { $b })
explore-different = РАЗНЫЕ: каждая может напечатать то, чего не может другая ({ $a }, { $b })
explore-relation-open = НЕИЗВЕСТНО: испробовать удалось не всё, поэтому неясно, могут ли обе напечатать одно и то же
explore-witness-a = Это может напечатать только A, дальше: { $ending }
explore-witness-b = Это может напечатать только B, дальше: { $ending }

## Расписание

explore-word-can-go = Может идти
explore-word-waits = Ждёт
explore-play-over = Всё: идти дальше некому.
explore-at-line = строка { $line }
explore-prints = печатает «{ $text }»
explore-complains = печатает в `stderr` «{ $text }»

## На чём держится ответ

explore-word-assumed = Допущения
explore-word-not-seen = Не видно
explore-not-seen = { $what }, строка { $line }
explore-assumes-consistency = Все потоки видят все изменения памяти в одном порядке (последовательная согласованность).
explore-assumes-symmetry = Одинаковые потоки исследованы один раз.
explore-assumes-spurious = { $bound ->
    [0] Ожидание условия кончается только уведомлением.
    [one] Ожидание условия кончается без уведомления не больше { $bound } раза на поток.
    [few] Ожидание условия кончается без уведомления не больше { $bound } раз на поток.
   *[many] Ожидание условия кончается без уведомления не больше { $bound } раз на поток.
}
explore-assumes-polling = { $bound ->
    [few] Поток, который { $bound } раза спросил напрасно, ждёт перемен.
   *[many] Поток, который { $bound } раз спросил напрасно, ждёт перемен.
}
explore-assumes-threads = Потоков не больше { $bound }; что сделали бы остальные, не исследовано.
explore-assumes-steps = Ни одно выполнение не прослежено дальше { $bound } шагов.
explore-assumes-private-memory = Два процесса делят объект, копия которого была бы у каждого своя.
explore-assumes-threads-of-a-child = Потоки процесса-потомка продолжают работу и после его конца.
explore-assumes-tried-rendezvous = `try_send` в канал ёмкостью 0 не находит никого, кто ждёт сообщения.

## Ошибки

error-explore-no-compiler = Компилятор Rust не отвечает.
error-explore-no-compiler-cause = { $reason }
error-explore-no-compiler-next = Установите Rust с сайта `rustup.rs`; `weft doctor` проверит эту машину.
error-explore-not-prepared = Исследователя не удалось подготовить для этого компилятора.
error-explore-not-prepared-cause = { $reason }
error-explore-not-prepared-next = Один раз подключитесь к сети или освободите место и попробуйте снова.
error-explore-does-not-compile = Программа не компилируется.
error-explore-does-not-compile-cause = { $said }
error-explore-no-text = { $path } — не текст в `UTF-8`.
error-explore-no-file = { $path } — не файл.
error-explore-file-too-large = { $path } больше, чем может быть программа (1 МиБ).
error-explore-compiles-for-ever = Компилятор не закончил за { $seconds } с.
error-explore-compiles-for-ever-next = Поищите константы или типы, которые растут без конца.
error-explore-not-modelled = Нет модели: { $what }, строка { $lines }.
error-explore-not-modelled-cause = У исследователя есть модели потоков, блокировок, каналов и атомарных переменных из `std`, каналов, `scope` и `WaitGroup` из `crossbeam`, блокировок из `parking_lot` и нашей библиотеки: `exercises::sync` и большей части `exercises::process`. Файлы, сети и другие программы исследовать нельзя, как и всё прочее, для чего у исследователя нет модели.
error-explore-not-modelled-next = Запустите её по-настоящему или уберите эту часть.
explore-beyond = { $what ->
    [fork-beside-threads] процесс, запущенный, пока у его родителя есть другие потоки или были такие, которых никто не дождался.
    [nobody-waits] процесс, которого никто не ждёт.
    [signal] сигнал процессу, который в это время ждёт чего-то другого, или использование чего-то общего после отправки сигнала, пока завершения этого процесса ещё не дождались.
    [ended-by-thread] потомок, которого завершает один из его других потоков.
    [died-sharing] потомок, который паникует или завершается досрочно, когда есть объекты, пользователям которых об этом сообщили бы.
   *[memory] процессы на этой машине: их память нельзя держать раздельно.
}
error-explore-beyond = Нет модели, строка { $line }: { explore-beyond }
error-explore-beyond-cause = У исследователя есть модели `Process`, блокировок, чисел, очередей и каналов между процессами и многого другого из `exercises::process`, но не этого.
error-explore-beyond-next = Дождитесь каждого процесса с помощью `join`, запускайте процессы до потоков; или запустите программу по-настоящему.
error-explore-turn = Поток { $step } сейчас не может идти.
error-explore-turn-next = Выберите одного из тех, кто стоит за словами «Может идти»; номер в конце строки.
error-explore-misfit = Это расписание не подходит.
error-explore-misfit-cause = { $reason }
error-explore-misfit-next = Исследуйте снова и возьмите расписание оттуда.
error-explore-stuck = Поток работал { $seconds } с и не дошёл ни до блокировки, ни до канала, ни до атомарной переменной, ни до своего конца.
error-explore-stuck-cause = Только там исследователь передаёт ход другому потоку: бесконечный цикл для него не кончается.
error-explore-stuck-next = Дайте циклу конец или то, чего ждать.
error-explore-interrupted = Прервано прежде, чем нашёлся ответ.
error-explore-overdue = Исследование не кончилось.
error-explore-overdue-next = Попробуйте меньше потоков или меньше повторений.
error-explore-memory = Программе или тому, что в ней найдено, нужно больше памяти, чем есть ({ $megabytes } МиБ).
error-explore-memory-next = Попробуйте меньше потоков, меньше повторений или данные поменьше.
error-explore-crashed = Программа упала (сигнал { $signal }).
error-explore-crashed-cause = { $said }
error-explore-crashed-next = Так бывает от слишком глубокой рекурсии, от паники во время паники и от кода `unsafe`.
error-explore-ended = Программа завершила процесс, в котором её исследуют.
error-explore-ended-cause = { $said }
error-explore-ended-next = На это способен код `unsafe`; исследователь за ним не уследит.
error-explore-not-loaded = Программу не удалось связать с исследователем.
error-explore-not-loaded-cause = { $reason }
error-explore-not-loaded-next = Функции других библиотек исследовать нельзя.
error-explore-too-many-outputs = У одной из программ слишком много выводов, чтобы сравнивать.
error-explore-too-many-outputs-next = Попробуйте меньше потоков или меньше повторений.

## В ячейках

command-explore = находит всё, что может напечатать код под ней (или код последней ячейки) или упражнение, и что может пойти не так; код не выполняется
command-ask = может ли код под ней (или код последней ячейки) напечатать в точности эти строки?
command-replay = показывает по шагам расписание, найденное `:explore`
command-play = вы выбираете, чей следующий ход в коде под ней (или в последней ячейке): `:play 1` даёт потоку 1 сделать шаг
command-play-usage = `:play` начинает, `:play 1` даёт потоку 1 сделать шаг (0 — это main), `:play 1 0 2` делает несколько, `:play back` берёт последний назад.
command-explore-nothing = Исследовать нечего: `:explore` стоит над кодом.
command-ask-usage = `:ask` нужны строки, например `:ask "start A | exit A"`
command-replay-usage = `:replay` нужно расписание, например `:replay 0x2.1.2`
