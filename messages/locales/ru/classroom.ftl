# Что преподаватели и студенты читают в терминале: задания, проверка, сдача и то, насколько надёжно заперты ответы.

## Справка

help-assignment = Для преподавателей: создать задание, доказать, что его проверки верны, раздать его
help-assignment-dir = Папка задания
help-assignment-new = Создать небольшое работающее задание, чтобы переделать его под себя
help-assignment-new-dir = Папка для него; она должна быть пустой или ещё не существовать
help-assignment-name = Имя задания (по умолчанию имя папки)
help-assignment-chapter = Начать с оцениваемой задачи этой главы рабочей тетради (от 1 до 28)
help-assignment-check = Доказать, что верные ответы проходят всегда, а неверные никогда
help-assignment-repeats = Сколько раз эталон должен получить полный балл (по умолчанию 20)
help-assignment-release = Записать блокнот для студентов, без решений и скрытых тестов
help-assignment-collect = Разложить сданное по папкам nbgrader
help-assignment-from = Папка или файл zip со сданными работами
help-assignment-replace = Записывать поверх собранных ранее блокнотов

help-grade = Для преподавателей: проверить блокноты группы
help-grade-after = В `DIR` лежат `STUDENT/notebook.ipynb`, по одному файлу zip на студента или `submitted` от nbgrader; файл zip из Moodle или Canvas годится как есть. `weft grade forget STUDENT` удаляет данные студента.
help-grade-assignment = Папка задания
help-grade-submissions = Папка или файл zip со сданными работами
help-grade-out = Папка для оценок и отчётов
help-grade-jobs = Сколько работ одновременно (по умолчанию по одной на ядро процессора)
help-grade-resume = Продолжить прерванную проверку
help-grade-only = Только этот студент
help-grade-shard = Только эта часть группы, например 2/8; на любой машине в ней одни и те же студенты
help-grade-hand = Баллы, выставленные вручную, в виде CSV (по умолчанию `hand.csv` в `OUT`, если он есть)
help-grade-queue = Оценивают работники, которые берут ответы из этой очереди на сервере Redis или PostgreSQL, например `redis://:PASSWORD@HOST:6379/`
help-trust = Запускать ответы, хотя в песочнице не хватает слоя; об этом сказано в каждом отчёте

help-merge = Соединить части группы, проверенные с `--shard`
help-merge-parts = Папки с оценками частей
help-merge-assignment = Папка задания (по умолчанию та, с которой проверена первая часть)
help-worker = Оценивать на этой машине то, что другие поставили в очередь командой `weft grade --queue`
help-forget = Удалить данные студента из оценок, отчётов и журнала проверки
help-forget-student = Чьи данные: имя папки или файла либо номер из учебной системы
help-forget-out = Папка с оценками (по умолчанию текущая)
help-forget-assignment = Папка задания, если с тех пор она переехала
help-forget-submissions = Удалить и то, что студент сдал сюда

help-submit = Для студентов: упаковать блокнот так, чтобы его можно было проверить
help-submit-notebook = Ваш блокнот
help-submit-out = Куда положить файл zip (по умолчанию рядом с блокнотом)
help-submit-assignment = Какое это должно быть задание
help-submit-incomplete = Упаковать, хотя ответов не хватает
help-submit-no-compile = Не компилировать ответы перед упаковкой

## Создание задания

assignment-made = { $path } — новое задание. Одна задача уже работает; замените её своими:
assignment-made-notebook = { $path }: ваш блокнот с решениями и тестами
assignment-made-manifest = { $path }: баллы, проверки и пределы каждой задачи
assignment-made-wrong = { $path }: ответы, которые должны быть отклонены
assignment-made-right = { $path }: другие ответы, которые должны быть приняты
assignment-made-next = Дальше: `weft assignment check { $path }`

assignment-times = { $times ->
    [few] { $times } раза из { $times }
   *[many] { $times } раз из { $times }
}
assignment-found = Найдено при попытке { $times }: { $verdict }
assignment-next-reference = Дайте эталону больше времени или памяти или сделайте так, чтобы проверка принимала то, что он делает.
assignment-next-stub = Студенты получили бы баллы, ничего не написав: пусть проверка `{ $task }` требует большего.
assignment-next-wrong = Добавьте к проверкам `{ $task }` вопрос или правило, на котором этот ответ споткнётся. Он не проходит по-своему, например с `CompileError`? Тогда пусть его первая строка будет `// verdict: CompileError`.
assignment-next-right = Сделайте так, чтобы проверки `{ $task }` принимали этот ответ, или уберите его, если он неверен.
assignment-next-wrong-exists = Запишите хотя бы один неверный ответ в `wrong/{ $task }/`, в файл с окончанием `.rs`.
assignment-next-all-read = Это не прочитано. Решение лежит в `wrong/TASK/` или `right/TASK/`, в файле с окончанием `.rs`; задачи, которые проверяются автоматически: { $tasks }. Переименуйте это или уберите.
assignment-by-hand = { $count ->
    [one] { $count } задачу проверяют вручную: доказывать о ней нечего.
    [few] { $count } задачи проверяют вручную: доказывать о них нечего.
   *[other] { $count } задач проверяют вручную: доказывать о них нечего.
}
assignment-proved = { $count ->
    [one] { $count } доказательство, и всё верно.
    [few] { $count } доказательства, и все верны.
   *[other] { $count } доказательств, и все верны.
}
assignment-released = { $path } — для ваших студентов: без решений и скрытых тестов.

collected-new = собрано
collected-same = уже есть, то же самое
collected-kept = там уже есть другой блокнот, он оставлен; `--replace` запишет поверх
collected-replaced = собрано; прежний блокнот заменён
collected = { $count ->
    [one] { $count } блокнот лежит в { $path }.
    [few] { $count } блокнота лежат в { $path }.
   *[other] { $count } блокнотов лежат в { $path }.
}

error-unknown-step = Команды «{ $name }» нет.
error-unknown-step-next = `weft { $parent } --help` покажет, что есть.
error-assignment-no-folder = Папки { $path } нет.
error-assignment-no-folder-next = Проверьте путь; `weft assignment new { $path }` создаст там новое задание.
error-assignment-no-manifest = { $path } не является заданием: там нет `assignment.toml`.
error-assignment-no-manifest-next = Укажите папку, которую создала команда `weft assignment new`.
error-assignment-is-file = { $path } — файл, а задание — это папка.
error-assignment-is-file-next = Укажите папку, в которой лежит `assignment.toml`.
error-assignment-manifest = { $line ->
    [0] { $path } не имеет смысла.
   *[other] Строка { $line } в { $path } не имеет смысла.
}
error-assignment-manifest-cause = { $kind ->
    [syntax] `{ $found }` не читается как `TOML`: текст пишут в прямых кавычках, список — в квадратных скобках, каждый ключ — в своей строке.
    [key-twice] `{ $key }` стоит дважды.
    [unknown] Ничего с именем `{ $key }` здесь нет. Известны: { $known }.
    [missing] Не хватает `{ $key }`.
    [text] Значение `{ $key }` — `{ $found }`; нужен текст в прямых кавычках.
    [truth] Значение `{ $key }` — `{ $found }`; нужно `true` или `false`.
    [number] Значение `{ $key }` — `{ $found }`; нужно число.
    [whole] Значение `{ $key }` — `{ $found }`; нужно целое число.
    [much] Значение `{ $key }` — `{ $found }`; нужно целое число или то, которое несёт вопрос, например `"arg0"`.
    [texts] Значение `{ $key }` — `{ $found }`; нужен список текстов, например `["a", "b"]`.
    [list] Значение `{ $key }` — `{ $found }`; нужен список в квадратных скобках.
    [table] Значение `{ $key }` — `{ $found }`; нужна таблица: ключи в фигурных скобках или под заголовком в квадратных.
    [tables] Значение `{ $key }` — `{ $found }`; нужен список таблиц.
    [title] Значение `{ $key }` — `{ $found }`; нужен текст или по одному на каждый язык.
    [range] Значение `{ $key }` — `{ $found }`; оно может быть от { $least } до { $most }.
    [positive] Значение `{ $key }` — `{ $found }`; нужно число больше 0.
    [not-negative] Значение `{ $key }` — `{ $found }`; нужно число не меньше 0.
    [choice] Значение `{ $key }` — `{ $found }`; может быть: { $known }.
    [name] «{ $found }» не может быть именем задания. В имени — буквы от a до z, цифры, `_` и `-`, не больше 100 знаков.
    [tasks] В задании от 1 до { $max } задач, каждая под своим `[[task]]`.
    [task-twice] Выше уже есть задача «{ $task }».
    [no-cell] В блокноте нет ячейки «{ $cell }», о которой говорит задача «{ $task }». Имя ячейки — `grade_id` в её метаданных.
    [no-answer] Ячейка «{ $task }» блокнота не помечена как ответ.
    [points] Баллы за задачу «{ $task }»: здесь { $here }, в блокноте { $there }; они должны совпадать.
    [cell] Ячейка ответа «{ $cell }» блокнота не относится ни к одной `[[task]]`.
    [no-checks] У задачи «{ $task }» есть судья, но нет ни одного теста.
    [no-cases] В тесте { $check } задачи «{ $task }» нет `cases`: он ни о чём не спросил бы.
    [order-unsafe] В тесте { $check } задачи «{ $task }» есть `order`, но с `unsafe` ответ мог бы подделать записанное.
    [no-probe] Тест { $check } задачи «{ $task }» не спрашивает через `probe` и не исследует через `explore`.
    [explores-and-asks] Тест { $check } задачи «{ $task }» исследует, поэтому в нём нет `probe`, `cases`, `repeats`, `shake_us`, `order` и `max_threads`.
    [explores-unsafe] Тест { $check } задачи «{ $task }» исследует, но с `unsafe` ответ мог бы подделать найденное.
    [no-main] В программе `main` теста { $check } задачи «{ $task }» нет `fn main`.
    [nothing-counts] Тест { $check } задачи «{ $task }» исследует, но не считаются ни `failures`, ни `same_outputs`: прошёл бы любой ответ.
   *[other] { $reason }
}
error-assignment-manifest-next = Исправьте и попробуйте ещё раз; в `docs/grading.md` перечислено, что там может стоять.
error-assignment-solutions = В { $path } больше { $max } решений.
error-assignment-solutions-next = Оставьте по нескольку каждого вида, остальные уберите в другое место.
error-assignment-no-notebook = Не хватает блокнота задания: { $path }.
error-assignment-no-notebook-next = Положите его туда; папка и файл называются так, как сказано в `name` файла `assignment.toml`.
error-assignment-notebook = Блокнот { $path } использовать нельзя.
error-assignment-notebook-cause = { $reason }
error-assignment-notebook-next = Откройте его в JupyterLab, исправьте эту ячейку и сохраните.
error-assignment-not-empty = { $path } не пуста.
error-assignment-not-empty-next = Укажите папку, которой ещё нет: поверх ничего не записывается.
error-assignment-no-task = В главе { $chapter } нет оцениваемой задачи, с которой можно начать.
error-assignment-no-task-next = Главы, где она есть: { $chapters }.
error-assignment-chapter = Из этой главы рабочей тетради задание не получается: { $reason }.
error-assignment-chapter-next = Это ошибка Weft; сообщите о ней. `weft assignment new DIR` без `--chapter` создаёт небольшой пример.
error-assignment-name = «{ $name }» не годится в имена задания.
error-assignment-name-cause = Имя состоит из букв от a до z, цифр, `_` и `-`, не больше 100 знаков.
error-assignment-name-next = Задайте имя с помощью `--name`.
error-assignment-repeats = «{ $value }» — не число повторов.
error-assignment-repeats-cause = Принимается целое число от 1 до { $max }.
error-assignment-repeats-next = Не указывайте его, и будет 20.
error-assignment-proofs = { $count ->
    [one] { $count } доказательство не прошло.
    [few] { $count } доказательства не прошли.
   *[other] { $count } доказательств не прошло.
}
error-assignment-proofs-cause = В таком виде задание было бы к кому-то несправедливо.
error-assignment-proofs-next = Строки с пометкой «не работает» говорят, что изменить.
error-collect = { $count ->
    [one] { $count } работу не удалось прочитать.
    [few] { $count } работы не удалось прочитать.
   *[other] { $count } работ не удалось прочитать.
}
error-collect-next = Почему — сказано в их строках; остальные собраны.

## Проверка

grade-preparing = Готовятся песочница и компилятор...
grade-trusted = Внимание: вы сказали, что доверяете этим студентам. Чего не хватает в песочнице, того не хватает для всех их ответов, и об этом сказано в каждом отчёте.
grade-queue-waiting = Работы из { $address } пока никто не берёт. Запустите работников командой `weft grade worker --queue` на любых машинах; ожидание...
grade-queue-workers = Работники оценивают работ одновременно: { $jobs }, с помощью { $toolchain }.
worker-ready = Берёт работы из { $address }, одновременно: { $jobs }. По Ctrl-C закончит то, что оценивается сейчас, и остановится.
worker-lost = Связь с очередью потеряна ({ $reason }); новая попытка...
worker-done = { $count ->
    [one] Оценена { $count } работа.
    [few] Оценены { $count } работы.
   *[other] Оценено { $count } работ.
}
grading-progress-minutes = { $done } из { $total }: { $id }, осталось около { $minutes } мин
grading-why-not-judged = Этот ответ не удалось оценить, и дело не в нём.

graded = { $count ->
    [one] Проверена { $count } работа
    [few] Проверены { $count } работы
   *[other] Проверено { $count } работ
}; ответов оценено сейчас: { $judged }, известно с прошлых раз: { $reused }.
merged = { $count ->
    [one] В оценках { $count } работа.
    [few] В оценках { $count } работы.
   *[other] В оценках { $count } работ.
}
graded-overview = { $path }: вся группа на одной странице
graded-students = { $path }: по странице на студента
graded-grades = { $path }: баллы для учебной системы
graded-moodle = { $path }: таблица для Moodle
graded-points = { $path }: баллы по задачам
graded-json = { $path }: всё целиком, для программ
graded-by-hand = { $count ->
    [one] { $count } ответ ждёт ваших баллов.
    [few] { $count } ответа ждут ваших баллов.
   *[other] { $count } ответов ждут ваших баллов.
} Заполните { $open }, сохраните как { $hand } и вызовите ту же команду ещё раз.
graded-hand-unknown = Внимание: { $path } даёт баллы тем, от кого нет работ: { $students }. { $count ->
    [one] Эти баллы нигде не учитываются.
    [few] Баллы { $count } студентов нигде не учитываются.
   *[many] Баллы { $count } студентов нигде не учитываются.
} Пишите имена так, как они стоят в `grades.json`.
graded-passed-over = Внимание: { $count ->
    [one] среди работ есть { $count } ничей файл, он не оценён: { $files }.
    [few] среди работ есть { $count } ничьих файла, они не оценены: { $files }.
   *[many] среди работ есть { $count } ничьих файлов, они не оценены: { $files }.
} Блокнот или zip-файл с ним лежит в папке своего студента либо назван его именем.

error-submissions-absent = Пути { $path } нет.
error-submissions-absent-next = Укажите папку или файл zip со сданными работами.
error-submissions-unreadable = { $path } прочитать нельзя.
error-submissions-unreadable-cause = { error-file-cause }
error-submissions-unreadable-next = Это должна быть папка или файл zip, которые вам разрешено читать.
error-submissions-no-archive = { $path } — не файл zip, или он повреждён.
error-submissions-no-archive-next = Укажите папку или файл zip со сданными работами; если это он, скачайте его ещё раз.
error-submissions-none = В { $path } нет сданных работ.
error-submissions-none-cause = { $count ->
    [0] Искали `STUDENT/notebook.ipynb`, файлы zip с одним блокнотом в каждом, архивы Moodle и Canvas, а также `submitted` от nbgrader.
   *[other] Искали `STUDENT/notebook.ipynb`, файлы zip с одним блокнотом в каждом, архивы Moodle и Canvas, а также `submitted` от nbgrader. Есть только { $files }.
}
error-submissions-none-next = Та ли это папка? Возможно, папки студентов лежат выше или ниже неё либо её блокноты относятся к другому заданию.
error-submissions-too-many = В { $path } больше { $max } работ.
error-submissions-too-many-next = Проверьте их по частям.
error-grade-out = { $path } использовать нельзя.
error-grade-out-cause = { error-file-cause }
error-grade-out-next = Укажите папку, куда вам разрешено писать, на диске с запасом места; проверка продолжится там с `--resume`.
error-grade-overlap = Записать результаты в { $path } нельзя: это { $other }, или одно лежит внутри другого.
error-grade-overlap-next = Укажите в `--out` отдельную папку, иначе страницы и блокноты с результатами в следующий раз будут приняты за сданные работы.
error-ledger-busy = В { $path } пишет другая проверка.
error-ledger-busy-next = Дождитесь её конца или укажите другую папку в `--out`.
error-ledger-version = { $path } записан другой версией Weft.
error-ledger-version-next = Укажите другую папку в `--out`; там всё будет проверено заново.
error-ledger-other = В { $path } лежат результаты «{ $found }», а не «{ $wanted }».
error-ledger-other-next = Дайте каждому заданию свою папку с помощью `--out`.
error-ledger-damaged = { $path } повреждён.
error-ledger-damaged-cause = { $reason }
error-ledger-damaged-next = Укажите другую папку в `--out`; там всё будет проверено заново.
error-grade-unfinished = Проверка в { $path } была прервана.
error-grade-unfinished-next = Добавьте `--resume`, чтобы продолжить: всё оценённое сохранено.
error-grade-no-student = Работы студента «{ $student }» нет.
error-grade-no-student-next = Студента зовут так же, как папку или файл, либо по номеру из учебной системы.
error-grade-other-part = Студента «{ $student }» нет в части { $part } группы.
error-grade-other-part-next = Не указывайте `--shard` или назовите часть, в которой есть этот студент.
error-grade-jobs = «{ $value }» — не число одновременных работ.
error-grade-jobs-cause = Принимается целое число от 1 до { $max }.
error-grade-jobs-next = Не указывайте его, и будет по одной на ядро.
error-grade-shard = «{ $value }» — не часть группы.
error-grade-shard-cause = Часть пишется I/N: какая по счёту, начиная с 1, и из скольких, не больше { $max }.
error-grade-shard-next = Например, `--shard 2/8`.
error-merge-no-grading = В { $path } нет результатов проверки.
error-merge-no-grading-next = Укажите папки, которые записала команда `weft grade --shard` с ключом `--out`.
error-merge-occupied = Ответы проверялись прямо в { $path }, поэтому туда ничего не соединяется.
error-merge-occupied-next = Выберите для `--out` другую папку или назовите эту среди частей.
error-merge-twice = { $path } указано дважды.
error-merge-twice-next = Укажите каждую часть один раз.
error-merge-missing = Не хватает частей группы: { $parts }.
error-merge-missing-next = Проверьте их с `--shard` и назовите папку каждой части.
error-merge-split = В { $path } лежит часть { $found }, а остальные папки от группы из { $of } частей.
error-merge-split-next = Называйте только папки одного и того же деления.
error-merge-two = «{ $student }» есть и в { $first }, и в { $path }, с двумя разными блокнотами.
error-merge-two-next = Уберите один из них командой `weft grade forget` и соедините снова.
error-merge-compiler = { $path } проверяли с { $found }, остальные с { $wanted }.
error-merge-compiler-cause = Другой компилятор или другая версия Weft могут рассудить иначе.
error-merge-compiler-next = Проверьте эту часть снова той же версией Weft и тем же компилятором.
error-merge-demands = В { $path } задача «{ $task }» оценена по другим требованиям, чем сейчас в задании.
error-merge-demands-next = Проверьте эту часть снова или соедините с тем заданием, с которым она проверена (`--assignment`).
error-queue-none = Не сказано, где очередь.
error-queue-none-next = Укажите её через `--queue` или в переменной { $variable }, например `redis://:PASSWORD@HOST:6379/`.
error-queue-address = Адрес очереди не является адресом сервера Redis или PostgreSQL.
error-queue-address-cause = Он начинается с `redis://`, `rediss://` или `postgres://`; другие серверы не поддерживаются.
error-queue-address-next = Например, `redis://:PASSWORD@HOST:6379/` или `postgres://USER:PASSWORD@HOST/DATABASE`.
error-queue-silent = Очередью по адресу { $address } нельзя воспользоваться.
error-queue-silent-cause = { $reason }
error-queue-silent-next = Работает ли там сервер и доступен ли он с этой машины? Проверить можно командой `redis-cli -h HOST ping` или `pg_isready -h HOST`.
error-queue-denied = Очередь по адресу { $address } не пускает этого пользователя.
error-queue-denied-cause = { $reason }
error-queue-denied-next = Проверьте имя пользователя и пароль в адресе. В пароле вместо `@` пишут `%40`, вместо `/` — `%2F`, вместо `%` — `%25`.
error-queue-database = По адресу { $address } нет такой базы данных.
error-queue-database-cause = { $reason }
error-queue-database-next = Создайте её там для пользователя, указанного в адресе: `createdb --owner=USER DATABASE`.
error-queue-tables = По адресу { $address } не удаётся создать таблицы очереди.
error-queue-tables-cause = { $reason }
error-queue-tables-next = Дайте очереди отдельную базу данных, которой владеет её пользователь: `createdb --owner=USER DATABASE`. Нужен PostgreSQL версии 13 или новее с расширением `hstore`.
error-queue-tls = Соединение с { $address } не удаётся зашифровать.
error-queue-tls-cause = { $reason }
error-queue-tls-next = Имя в адресе должно стоять и в сертификате сервера. Если его подписал ваш собственный удостоверяющий центр, укажите, где лежит сертификат центра: `SSL_CERT_FILE=ca.pem`, а для PostgreSQL можно и в адресе: `sslrootcert=ca.pem`.
error-queue-mixed = Работники различаются: у одного { $one }, у другого { $other }.
error-queue-mixed-cause = Один и тот же ответ они могут оценить по-разному.
error-queue-mixed-next = Пусть на всех машинах будут один компилятор и одни слои песочницы; `weft doctor` показывает и то и другое.
error-queue-weft = Один из работников проверяет с { $theirs }, а здесь { $ours }.
error-queue-weft-cause = Тот же ответ он может оценить по-другому.
error-queue-weft-next = Установите на всех машинах одну и ту же версию Weft и запустите работников снова.
error-queue-trusting = Один из работников запускает ответы, хотя в его песочнице не хватает слоя.
error-queue-trusting-next = Исправьте это там (`weft doctor` скажет как). Если вы доверяете студентам как себе, добавьте `--i-trust-these-students` и здесь.
error-grade-stopped = Остановлено, как вы просили; всё законченное сохранено.
error-grade-stopped-next = Чтобы продолжить, вызовите ту же команду с `--resume`.
error-grade-internal = { $count ->
    [one] { $count } ответ не удалось оценить по нашей вине, а не по вине студента.
    [few] { $count } ответа не удалось оценить по нашей вине, а не по вине студентов.
   *[other] { $count } ответов не удалось оценить по нашей вине, а не по вине студентов.
}
error-grade-internal-cause = { $answers }
error-grade-internal-next = Вызовите ту же команду ещё раз, чтобы попробовать снова, или выставьте баллы вручную в { $path }/hand.csv. До тех пор никто из-за этого баллов не теряет.
error-hand-too-large = { $path } больше { $limit } МБ.
error-hand-too-large-next = Это должен быть файл CSV со столбцами `student`, `task`, `points`, `comment`, как `hand-open.csv`.
error-hand-line = Строка { $line } в { $path } не имеет смысла.
error-hand-line-cause = { $kind ->
    [encoding] Кодировка не UTF-8. В табличном редакторе сохраните таблицу как «CSV UTF-8».
    [column] В первой строке нет столбца `{ $name }`.
    [fields] Полей в строке: { $found }, а в первой строке: { $wanted }. Поле, в котором есть знак-разделитель, возьмите в кавычки.
    [task] В задании нет задачи «{ $name }».
    [points] «{ $given }» — не число баллов от 0 до { $max }.
   *[twice] У «{ $student }» уже есть баллы за задачу «{ $name }».
}
error-hand-line-next = Исправьте её и попробуйте ещё раз; пока ничего не проверялось.
error-grade-toolchain = Компилировать ответы здесь нельзя.
error-grade-toolchain-cause = { $reason }
error-grade-toolchain-next = `weft doctor` покажет, чего не хватает.
error-grade-no-compiler = Компилятор Rust не запускается: { $program }.
error-grade-no-compiler-cause = { error-file-cause }
error-grade-no-compiler-next = Установите Rust с https://rustup.rs и откройте новый терминал; `weft doctor` проверит эту машину.
error-grade-no-linker = Нет компилятора C, а Rust компонует с его помощью.
error-grade-no-linker-next = Установите его (Debian и Ubuntu: `apt install gcc`); `weft doctor` проверит эту машину.
error-grade-temporary = В папке для временных файлов { $path } ничего нельзя подготовить.
error-grade-temporary-cause = { error-file-cause }
error-grade-temporary-next = Освободите там место или назовите другую папку в окружении: `TMPDIR=DIR weft grade ...`
error-grade-library = Библиотеку, которой могут пользоваться ответы на это задание, не удалось подготовить.
error-grade-library-cause = { $reason }
error-grade-library-next = Один раз подключитесь к сети, освободите место и попробуйте снова; содержимое { $path } создаётся заново, его можно удалить. `weft doctor` проверит инструменты Rust.

error-sandbox-bubblewrap = Запереть программы студентов здесь нельзя: не хватает { $layers }.
error-sandbox-bubblewrap-next = Установите его (в Debian и Ubuntu: `apt install bubblewrap`). Если вы доверяете студентам как самим себе, добавьте `--i-trust-these-students`.
error-sandbox-forbidden = Запереть программы студентов здесь нельзя: система не даёт работать bubblewrap.
error-sandbox-forbidden-cause = { $reason }
error-sandbox-forbidden-next = Разрешите для bubblewrap пространства имён пользователя (как — сказано в `docs/grading.md`). Если вы доверяете студентам как самим себе, добавьте `--i-trust-these-students`.
error-sandbox-kernel = Запереть программы студентов здесь нельзя: в Linux не хватает { $layers }.
error-sandbox-kernel-next = Нужен Linux 5.13 или новее с включёнными слоями. Если вы доверяете студентам как самим себе, добавьте `--i-trust-these-students`.
error-sandbox-holes = Здесь кое-что выбирается из песочницы: { $holes }.
error-sandbox-holes-next = Пожалуйста, сообщите об этом, приложив вывод `weft doctor`. Если вы доверяете студентам как самим себе, добавьте `--i-trust-these-students`.
error-sandbox = Песочница здесь не работает.
error-sandbox-cause = { $reason }
error-sandbox-next = `weft doctor` испытает каждый её слой.

## Забыть студента

forgotten = «{ $student }» забыт: в журнале проверки, оценках, обзоре и отчётах.
forgotten-file = удалено: { $path }
forgotten-still-in = Блокнот ещё лежит в { $path }, а оттуда ничего нельзя вынуть. Удалите этот файл сами.
forgotten-left = Папка { $path } ещё на месте: в ней есть файлы, не являющиеся блокнотами. Удалите её сами, иначе следующая проверка снова найдёт этого студента.
forgotten-handed-in = Сданные работы ещё лежат в { $path }. Добавьте `--submissions` с этим путём, чтобы удалить и работу этого студента.
error-forget-no-grading = В { $path } нет оценок.
error-forget-no-grading-cause = { error-file-cause }
error-forget-no-grading-next = Укажите папку с оценками в `--out`.
error-forget-unknown = О студенте «{ $student }» в { $path } ничего не известно.
error-forget-unknown-next = Студента зовут так же, как папку или файл, либо по номеру из учебной системы; все перечислены в `grades.json`.

## Сдача

submit-compiling = Ваши ответы компилируются; ничего из них не запускается...
submit-packed = { $path } можно сдавать: задание { $assignment }, ответы есть на задачи: { $count } из { $total }.
submit-open = Без ответа: { $tasks }.
error-submit-absent = Блокнота { $path } нет.
error-submit-absent-next = Проверьте путь; сначала сохраните блокнот в JupyterLab.
error-submit-over = { $path } — это сам блокнот; zip-файл был бы записан поверх него.
error-submit-over-next = Дайте zip-файлу другое имя с помощью `--out` или не указывайте его.
error-submit-out = Записать { $path } нельзя.
error-submit-out-cause = { error-file-cause }
error-submit-out-next = Назовите с помощью `--out` zip-файл в папке, куда вам можно писать, на диске, где есть место.
error-submit-unreadable = { $path } сдать нельзя.
error-submit-unreadable-cause = { $reason }
error-submit-unreadable-next = Откройте его в JupyterLab, сохраните и попробуйте ещё раз.
error-submit-no-assignment = { $path } — не блокнот задания.
error-submit-no-assignment-next = Пишите ответы в блокнот, который дал преподаватель.
error-submit-other-assignment = Это задание «{ $found }», а не «{ $wanted }».
error-submit-other-assignment-next = Укажите нужный блокнот или уберите `--assignment`.
error-submit-untouched = На задачу `{ $task }` ещё нет ответа.
error-submit-untouched-next = Напишите его, сохраните блокнот и попробуйте ещё раз; `--incomplete` упакует как есть.
error-submit-task = Задачу `{ $task }` в таком виде проверить нельзя.
error-submit-task-cause = { $reason }
error-submit-task-next = Исправьте её в JupyterLab, сохраните блокнот и попробуйте ещё раз.
error-submit-compile = Задача `{ $task }` при проверке не скомпилировалась бы.
error-submit-compile-cause = { $reason }
error-submit-compile-next = Ответ стоит сам по себе: считается только то, что есть в его ячейке и в данных ему ячейках. `--no-compile` упакует всё равно.
error-submit-compiler = Скомпилировать ваши ответы здесь не удалось.
error-submit-compiler-cause = { $reason }
error-submit-compiler-next = `weft doctor` покажет, чего не хватает; `--no-compile` упакует блокнот без компиляции.

## Доктор

doctor-user-namespaces = Песочница: пространства имён пользователя
doctor-landlock = Песочница: Landlock
doctor-landlock-next = Нужно только для `weft grade`: Linux 5.13 или новее, запущенный с Landlock.
doctor-seccomp = Песочница: seccomp
doctor-seccomp-next = Нужно только для `weft grade`: Linux с фильтрами системных вызовов.
doctor-bubblewrap = Песочница: bubblewrap
doctor-bubblewrap-next = Нужно только для `weft grade`: `apt install bubblewrap` и система, которая разрешает ему пространства имён пользователя.
doctor-cgroup = Песочница: контрольные группы
doctor-cgroup-counted = память и процессы считает система
doctor-cgroup-measured = не делегированы; вместо этого память и процессы время от времени измеряются
doctor-escapes = Песочница: попытки выбраться
doctor-escapes-next = `weft grade` ничего здесь не запустит, если студентам не доверяют.
doctor-escapes-held = { $count ->
    [one] { $count } попытка, и она не удалась
    [few] { $count } попытки, и ни одна не удалась
   *[other] { $count } попыток, и ни одна не удалась
}
doctor-escapes-holes = попыток { $count }, удались: { $holes }
