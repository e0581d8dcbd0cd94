# Что говорит проверка: отчёты студентам, обзор группы, задания.

## Вердикты

grading-verdict-Accepted = Принято
grading-verdict-Partial = Верно частично
grading-verdict-Wrong = Неверно
grading-verdict-CompileError = Не компилируется
grading-verdict-CompileLimit = Слишком тяжело компилировать
grading-verdict-TimeLimit = Слишком долго
grading-verdict-MemoryLimit = Слишком много памяти
grading-verdict-OutputLimit = Слишком много вывода
grading-verdict-ProcessLimit = Слишком много потоков
grading-verdict-DiskLimit = Слишком много на диске
grading-verdict-RuntimeError = Аварийное завершение
grading-verdict-Incomplete = Нет ответа
grading-verdict-Forbidden = Не разрешено
grading-verdict-Invalid = Не читается
grading-verdict-Internal = Наша ошибка
grading-verdict-open = Ещё не решено

## Подписи

grading-label-points = Баллы
grading-label-student = Студент
grading-label-compiler = Сообщение компилятора
grading-label-check = Тест
grading-label-asked = Вопрос
grading-label-expected = Ожидалось
grading-label-found = Ваш ответ
grading-label-rule = Нарушенное правило
grading-label-seed = Зерно этого запуска
grading-label-said = Сообщение
grading-label-comment = От преподавателя
grading-label-timeline = Временная шкала неудачного запуска
grading-label-output = Что было напечатано
grading-label-schedule = Расписание, которое это показывает

## Примечания

grading-note-trusted = Внимание: эти ответы выполнялись без полной песочницы, потому что проверяющий решил им довериться.
grading-note-missing = В песочнице не хватало: { $layers }.
grading-note-approximate = Некоторые пределы время от времени измерялись, а не подсчитывались системой: числа о памяти и потоках приблизительны.
grading-note-open = Часть баллов ещё не определена, поэтому суммы нет.
grading-note-schedule = Вставьте в свой блокнот: `:explore --replay` и расписание.
grading-note-similar = Это подсказка, а не доказательство: короткие ответы похожи, а хорошие идеи приходят многим.

## Обзор

grading-overview = Обзор
grading-overview-count = { $count ->
    [one] { $count } работа
    [few] { $count } работы
   *[other] { $count } работ
}
grading-overview-mean = Среднее
grading-overview-open = { $count ->
    [one] У { $count } работы ещё нет суммы, потому что баллы не выставлены; в среднем и распределении она не учтена.
    [few] У { $count } работ ещё нет суммы, потому что баллы не выставлены; в среднем и распределении они не учтены.
   *[other] У { $count } работ ещё нет суммы, потому что баллы не выставлены; в среднем и распределении они не учтены.
}
grading-overview-distribution = Распределение баллов
grading-overview-tasks = Задачи
grading-overview-mistakes = Самые частые ошибки
grading-overview-no-mistakes = Нет.
grading-overview-similar = Похожие ответы
grading-overview-no-similar = Нет.
grading-overview-similar-count = { $count ->
    [one] { $count } пара рядом
    [few] { $count } пары рядом
   *[other] { $count } пар рядом
}
grading-overview-students = Студенты
grading-overview-passed-over = Не оценено
grading-overview-passed-over-why = Ничто не говорит, чьи это файлы, или это не блокноты, или они лежат там, где блокнотов не ищут. Ни у кого нет вердикта из-за них.

## Почему судить было не о чем

grading-problem-not-json = Файл не является блокнотом: в строке { $line }, столбце { $column } он непонятен. Сохраните его заново в JupyterLab и сдайте ещё раз.
grading-problem-not-notebook = Файл не является блокнотом. Сохраните его заново в JupyterLab и сдайте ещё раз.
grading-problem-too-large = Блокнот больше { $limit } МБ. Очистите вывод и сдайте его ещё раз.
grading-problem-damaged = Файл повреждён, прочитать его до конца не удалось. Сдайте его ещё раз.
grading-problem-no-notebook = В этой работе нет блокнота.
grading-problem-other-files = В этой работе нет блокнота, есть только { $files }. Сдайте сам блокнот (`.ipynb`) или zip-файл, который делает `weft submit`.
grading-problem-several-notebooks = В этой работе блокнотов: { $count }, и ни один не назван как задание. Сдайте только один.
grading-problem-not-a-file = Блокнот не является обычным файлом. Сдайте сам блокнот, а не ссылку.
grading-problem-unsafe-path = Архив кладёт файлы за свои пределы. Упакуйте работу заново командой `weft submit`.
grading-problem-cell-missing = В блокноте нет ячейки этой задачи. Перенесите ответ в выданный вам блокнот, не переименовывайте и не удаляйте его ячейки.
grading-problem-cell-twice = Несколько ячеек названы как эта задача, и ответы в них разные. Оставьте только одну.
grading-problem-answer-too-long = Ответ длиннее { $limit } КБ.
grading-problem-untouched = Ответа пока нет.

## Почему вынесен такой вердикт

grading-why-fine = Всё, что требовалось, есть.
grading-why-not-written = Ответа пока нет: программа дошла до `todo!()`.
grading-why-compiler = Ответ не компилируется.
grading-why-compiler-crashed = Компилятор не справился с этим ответом. Подойдёт и более простой.
grading-why-compile-time = Компиляция длилась дольше { $limit } с.
grading-why-compile-memory = Компиляция заняла больше { $limit } МБ памяти.
grading-why-compile-output = Компилятору было слишком много сказать об этом ответе.
grading-why-word = В строке { $line } стоит `{ $word }`, в этой задаче это не разрешено.
grading-why-slept = Программа спит, в этой задаче это не разрешено. Ждите того, что нужно, а не просто какое-то время.
grading-why-values = Программа работает, но результат не тот, что ожидался.
grading-why-values-hidden = Программа работает, но результат скрытого теста не тот, что ожидался.
grading-why-order = События произошли в порядке, которого быть не должно.
grading-why-time = Через { $limit } с программа всё ещё работала.
grading-why-time-waiting = Через { $limit } с программа всё ещё ждала: вероятно, блокировку, поток или сообщение, которые так и не появились.
grading-why-memory = Занято больше { $limit } МБ памяти.
grading-why-memory-approximate = Занято больше примерно { $limit } МБ памяти.
grading-why-output = Слишком много написано в { $stream }.
grading-why-processes = Потоков и процессов запущено больше { $limit }.
grading-why-threads = Одновременно разрешено потоков: { $limit }, а было: { $seen }.
grading-why-threads-hidden = Одновременно разрешено потоков: { $limit }, а в скрытом тесте их было больше.
grading-why-leftover = После ответа ещё оставались потоки ({ $threads }) и процессы ({ $processes }). Дождитесь их всех.
grading-why-leftover-hidden = После ответа на скрытый тест ещё оставались потоки или процессы. Дождитесь их всех.
grading-why-unreaped = После ответа оставались завершившиеся процессы-потомки ({ $processes }), которых никто не дождался. Дождитесь каждого, даже того, кого вы сами завершили.
grading-why-unreaped-hidden = После ответа на скрытый тест оставались завершившиеся процессы-потомки, которых никто не дождался. Дождитесь каждого, даже того, кого вы сами завершили.
grading-why-disk = В файлы записано больше { $limit } МБ.
grading-why-panicked = Программа завершилась паникой.
grading-why-panicked-at = Программа завершилась паникой в строке { $line }.
grading-why-panicked-hidden = В скрытом тесте программа завершилась паникой.
grading-why-stack = Стек переполнен: вероятно, функция вызывает себя без конца.
grading-why-ended = Программа завершилась с кодом { $code }, не успев ответить.
grading-why-ended-hidden = В скрытом тесте программа завершилась, не успев ответить.
grading-why-killed = Сигнал { $signal } завершил программу, прежде чем она ответила.
grading-why-killed-hidden = В скрытом тесте сигнал завершил программу, прежде чем она ответила.
grading-why-forged = Программа ответила на то, о чём никто не спрашивал.
grading-why-internal = Нам не удалось оценить этот ответ. Это не ваша вина и на баллах не скажется: ответ посмотрит человек.
grading-why-by-hand = Эту задачу оценивает преподаватель, и он её ещё не оценил.
grading-why-given = Эту задачу оценил преподаватель.
grading-why-not-graded = Эта задача не проверялась.

## Проверка задания

grading-claim-reference = эталонное решение получает полный балл
grading-claim-stub = заготовка для студентов не получает ничего
grading-claim-wrong = неверное решение отклоняется
grading-claim-right = верное решение принимается
grading-claim-all-read = каждый файл рядом с решениями — решение какой-то задачи
grading-claim-wrong-exists = есть неверное решение, чтобы испытать проверки

## Ход работы

grading-progress = { $done } из { $total }: { $id }
grading-progress-left = { $done } из { $total }: { $id }, осталось около { $seconds } с

## Новое задание

grading-new-title = Первое задание
grading-new-text = Пишите ответы в отмеченных ячейках. Всё остальное остаётся как есть.
grading-new-task = Вдвое больше
grading-new-by-hand = Своими словами
grading-new-question = Почему результат доходит до нас, хотя его вычислил другой поток?
grading-new-answer = Потому что `join` ждёт поток и передаёт то, что он вернул.
grading-new-stub = Ваш ответ
