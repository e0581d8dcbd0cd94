# `weft trace`: the timeline of any program.

help-trace = Запустить любую программу и показать, что делали её потоки и процессы
help-trace-after = Ввод, вывод и код выхода принадлежат самой программе (128 плюс номер сигнала, если её завершил сигнал). Только если её не удалось запустить: 2 при неверном вызове, 3, если на этой машине чего-то не хватает. Если файл не указан, временная шкала выводится текстом в стандартный поток ошибок после конца программы.
help-trace-timeline = Нарисовать временную шкалу в этот файл
help-trace-json = Записать документ JSON в этот файл
help-trace-program = Программа и её аргументы, лучше всего после `--`

error-trace = Здесь проследить за программой нельзя.
error-trace-cause = { $reason }
error-trace-next = `weft doctor` проверяет эту машину.
error-trace-start = Не удалось запустить { $program }.
error-trace-start-cause = { $reason }
error-trace-start-next = Проверьте, запускается ли она без `weft trace`.
error-trace-missing = Программы «{ $program }» нет.
error-trace-missing-next = Укажите путь, например `./{ $program }`, или имя из папки, названной в `PATH`.
error-trace-no-file = Файла { $program } нет.
error-trace-no-file-next = Проверьте путь к программе.
error-trace-not-executable = { $program } нельзя выполнить как программу.
error-trace-not-executable-next = Если это должна быть программа, поможет `chmod +x { $program }`.
error-trace-static = Проследить за { $program } нельзя.
error-trace-static-cause = Программа скомпонована статически: она обращается к системе напрямую, и между ними ничего не вставить.
error-trace-static-next = Соберите её с динамической компоновкой: для целей `gnu` Rust делает так по умолчанию.
error-trace-foreign = Проследить за { $program } нельзя.
error-trace-foreign-cause = Программа собрана для машины другого вида.
error-trace-foreign-next = Соберите её для этой машины.
error-trace-rights = Проследить за { $program } нельзя.
error-trace-rights-cause = Программа работает с правами другого пользователя; перед такими программами система не даёт загрузить библиотеку.
error-trace-rights-next = Проследите за её копией, которая принадлежит вам: у копии таких прав нет.
error-trace-nothing = Программа выполнена, но увидеть в ней ничего не удалось.
error-trace-nothing-cause = Возможно, она запущена в пустом окружении или в отдельном контейнере.
error-trace-nothing-next = Проследите за внутренней программой напрямую.
