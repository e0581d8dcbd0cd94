# Что показывает ячейка блокнота помимо собственного вывода.

kernel-cannot-start = Ячейки выполнить нельзя: { $reason }. `weft doctor` скажет, чего не хватает.
library-problem = Библиотека Weft (`use exercises::...`) недоступна: { $reason }

## Команды ячейки

help-head = Ячейка содержит код на Rust, а перед ним — команды, каждая на своей строке:
help-tail = Переменные, функции и типы остаются для следующих ячеек. Для `use exercises::...` не нужен `:dep`.
command-help = эта справка
command-run = запустить упражнение
command-run-usage = Укажите упражнение, например `:run s1e1 --scenario 2 --n_threads 5`.
command-timeline = кто, что и когда делал в последнем `:run`
command-vars = переменные и их типы
command-dep = подключить крейт
command-dep-usage = Укажите крейт, например `:dep fastrand = "2"`.
command-opt = насколько оптимизировать следующие ячейки
command-opt-set = Следующие ячейки оптимизируются на уровне { $level }.
command-clear-output = очистить вывод этой ячейки; с `wait` — когда появится новый
command-lang = язык справки и сообщений
command-lang-set = Теперь язык — { $language }.
command-unknown = Команды `{ $name }` нет. Есть такие: { $known }
command-wrong-argument = «{ $argument }» здесь не подходит; ожидается: { $expected }
timeline-none = Рисовать пока нечего: сначала запустите упражнение командой `:run`.
vars-none = Переменных пока нет.
vars-name = Имя
vars-type = Тип

## Как ячейка может закончиться неудачей

cell-panic = Ячейка завершилась паникой:
cell-panic-at = Ячейка завершилась паникой в строке { $line }, столбце { $column }:
cell-returned-error = Ячейка покинута через `?` с ошибкой.
cell-interrupted = Ячейка прервана.
cell-interrupted-lost = Ячейка прервана; её процесс пришлось завершить, переменные потеряны.
cell-worker-died = Процесс ячеек завершился ({ $cause }); переменные потеряны. Следующая ячейка запустит новый.
