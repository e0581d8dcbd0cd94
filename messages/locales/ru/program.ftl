# Что программа `weft` говорит в командной строке.
# Имена команд, параметров и файлов стоят в ` ` и не переводятся.

language-name = Русский
list-separator = { ", " }

## Справка

help-weft = Потоки и процессы на Rust: ядро для Jupyter и рабочая тетрадь.
help-weft-after = Начните с `weft lab`. `weft COMMAND --help` подробно рассказывает о команде.
help-heading-usage = Использование:
help-heading-commands = Команды
help-heading-arguments = Аргументы
help-heading-options = Ключи
help-heading-parameters = Параметры упражнений (диапазон и значение по умолчанию)
help-help = Показать эту справку
help-version = Показать версию
help-lang = Язык всех текстов: { $languages }
help-json = Вывести один документ JSON вместо текста

help-lab = Открыть рабочую тетрадь в JupyterLab, установив недостающее
help-lab-ip = Адрес сервера (по умолчанию 127.0.0.1); при `0.0.0.0` он доступен и другим машинам, как нужно контейнеру
help-lab-port = Порт сервера (по умолчанию первый свободный, начиная с 8888)
help-lab-no-browser = Не открывать браузер, только вывести адрес
help-lab-dir = Папка для ваших копий блокнотов (по умолчанию `~/weft-workbook`)
help-lab-yes = Установить отдельный Jupyter, не спрашивая
help-lab-offline = Не пользоваться сетью: всё нужное должно быть уже установлено, а `:dep` берёт только крейты, которые есть на этой машине

help-list = Список упражнений

help-run = Запустить одно упражнение
help-run-after = Без `--seed` каждый запуск берёт новые случайные числа; зерно выводится, чтобы запуск можно было повторить.
help-run-id = Упражнение, например s1e1
help-run-scenario = Какой из трёх его сценариев (по умолчанию 1)
help-run-save = Записать документ JSON ещё и в этот файл
help-run-seed = Закрепляет случайный выбор в упражнении
help-run-shake = Случайная задержка, не больше стольких миллисекунд, при каждом вызове библиотеки: гарантированный порядок сохраняется, случайный рушится
help-run-time-scale = Умножает каждую паузу упражнения (по умолчанию `WEFT_TIME_SCALE`, а без неё 1)

help-doctor = Проверить всё, что нужно Weft, и под конец настоящее ядро
help-install = Сделать ядро известным Jupyter
help-uninstall = Убрать ядро из Jupyter: ровно то, что записал `weft install`
help-install-user = Для этого пользователя (по умолчанию)
help-install-sys-prefix = Для активного окружения Python
help-install-prefix = Для установки с этим префиксом
help-install-name = Имя ядра для Jupyter (по умолчанию weft)

help-kernel = Само ядро; его запускает Jupyter
help-kernel-file = Файл соединения, записанный Jupyter

help-notebooks = Для авторов: создать блокноты из исходных текстов
help-notebooks-check = Только сравнить, ничего не записывать
help-notebooks-dir = Папка с исходными текстами (по умолчанию `notebooks`)

help-completions = Вывести сценарий автодополнения для командной оболочки
help-completions-shell = `bash`, `elvish`, `fish`, `powershell` или `zsh`
help-man = Записать страницы руководства
help-man-dir = Папка для всех страниц (иначе печатается страница программы)
man-written = Страницы руководства в { $path }; `man -l { $path }/weft.1` показывает первую.

## Ошибки в командной строке

error-unknown-language = Weft не знает языка «{ $name }».
error-unknown-language-cause = `--lang` понимает { $languages }.
error-unknown-language-next = Не указывайте его, и будет взят язык системы.

error-unknown-command = Команды «{ $name }» нет.
error-unknown-command-next = `weft --help` перечисляет команды.
error-unknown-command-near = Команды «{ $name }» нет.
error-unknown-command-near-next = Вы имели в виду `weft { $near }`?

error-unknown-option = Ключа «{ $option }» здесь нет.
error-unknown-option-next = Добавьте `--help`, чтобы увидеть ключи команды.
error-unknown-option-near = Ключа «{ $option }» здесь нет.
error-unknown-option-near-next = Вы имели в виду `{ $near }`?

error-missing-argument = Чего-то не хватает: { $argument }.
error-missing-argument-next = Добавьте `--help`, чтобы увидеть, как пишется команда.
error-missing-value = Ключу { $option } нужно значение.
error-missing-value-next = Добавьте `--help`, чтобы увидеть допустимые значения.
error-value = «{ $value }» не подходит для { $option }.
error-value-next = Добавьте `--help`, чтобы увидеть допустимые значения.
error-value-whole = «{ $value }» не подходит для { $option }.
error-value-whole-next = Нужно целое число от { $least } до { $most }.
error-value-address = «{ $value }» не подходит для { $option }.
error-value-address-next = Нужен адрес цифрами, например 127.0.0.1 или ::1; 0.0.0.0 означает все адреса этой машины.
error-value-address-with-port = «{ $value }» не подходит для { $option }.
error-value-address-with-port-next = Нужны адрес цифрами и порт не больше 65535, например 127.0.0.1:8081 или [::1]:8081.
error-takes-no-value = { $option } не принимает значения.
error-takes-no-value-next = Уберите «={ $value }».
error-value-not-offered = «{ $value }» не подходит для { $option }.
error-value-not-offered-next = Возможные значения: { $valid }.
error-conflict = { $option } и { $other } нельзя указывать вместе.
error-conflict-next = Уберите один из них.
error-given-twice = { $option } указан дважды.
error-given-twice-next = Уберите один из них.
error-command-line = Командную строку не удалось понять.
error-command-line-cause = { $reason }
error-command-line-next = Добавьте `--help`, чтобы увидеть, как пишется команда.

error-unknown-exercise = Упражнения «{ $id }» нет.
error-unknown-exercise-cause = Имена упражнений выглядят как `s1e1` или `s2e8`.
error-unknown-exercise-next = `weft list` показывает их все.

error-scenario = У упражнения { $id } нет сценария «{ $value }».
error-scenario-cause = Его сценарии пронумерованы от 1 до { $last }.
error-scenario-next = `weft list` говорит, что показывает каждый из них.

error-no-parameters = У упражнения { $id } нет параметра { $option }.
error-no-parameters-cause = У него вообще нет параметров.
error-no-parameters-next = Уберите { $option }.

error-not-a-parameter = У упражнения { $id } нет параметра { $option }.
error-not-a-parameter-cause = Его параметры: { $allowed }.
error-not-a-parameter-next = `weft list` показывает параметры каждого упражнения.
parameter-allowed = { $option } от { $min } до { $max }

error-parameter-range = «{ $value }» не подходит для { $option } упражнения { $id }.
error-parameter-range-cause = Нужно целое число от { $min } до { $max }.
error-parameter-range-next = Не указывайте его, и будет взято { $default }.
error-sites = { $option } { $path } использовать нельзя.
error-sites-cause = { $reason }
error-sites-next = Нужен текстовый файл, в каждой строке которого один адрес, например https://example.org.

error-seed = «{ $value }» не годится как зерно.
error-seed-cause = Зерно — целое число, 0 или больше.
error-seed-next = Без `--seed` берётся новое.

error-shake = «{ $value }» не подходит для `--shake`.
error-shake-cause = Нужно целое число миллисекунд от 0 до { $max }.
error-shake-next = Для начала хорошо подойдёт 5.

error-time-scale = «{ $value }» не подходит для { $option }.
error-time-scale-cause = Нужно число от 0 до { $max }; 0.1 делает паузы в десять раз короче.
error-time-scale-next = Не указывайте его, и паузы останутся такими, как написаны.

## Файлы и потоки вывода

error-file = { $path } использовать нельзя.
error-file-cause =
    { $kind ->
        [missing] Такого пути нет.
        [denied] У вас нет прав на чтение или запись.
        [folder] Это папка.
        [no-folder] Часть пути — не папка.
        [full] На диске нет места.
        [occupied] На этом месте уже есть файл с таким именем.
        [read-only] Путь на диске, с которого можно только читать.
       *[other] { $reason }
    }
error-file-next = Проверьте, что путь существует и вам разрешено там читать и писать.
error-make-folder = Папку { $path } создать нельзя.
error-make-folder-cause =
    { $kind ->
        [missing] В этом месте ничего создать нельзя.
        [denied] У вас нет прав на запись в этом месте.
        [no-folder] Часть пути — не папка.
        [full] На диске нет места.
        [occupied] На этом месте уже есть файл с таким именем.
        [read-only] Путь на диске, с которого можно только читать.
       *[other] { $reason }
    }
error-make-folder-next = Выберите другое место или проверьте путь и свои права.
error-output = Не удалось записать вывод.
error-output-cause = { $reason }
error-no-home = Ваша домашняя папка неизвестна.
error-no-home-cause = Переменная HOME не задана.
error-no-home-next = Задайте HOME или укажите папку ключом.

## list и run

list-how-to-run = Запуск: `weft run ID --scenario N`
list-parameter = { $option } от { $min } до { $max } (по умолчанию { $default })

run-scenario = Сценарий { $number }: { $title }
run-guaranteed-held = гарантировано, соблюдено: { $rule }
run-guaranteed-broken = гарантировано, НАРУШЕНО: { $rule }
run-likely-held = только вероятно, на этот раз соблюдено: { $rule }
run-likely-not-held = только вероятно, на этот раз не соблюдено: { $rule }
run-result = результат: { $result }

error-run = Упражнение не удалось запустить.
error-run-cause = { $reason }
error-run-next = `weft doctor` проверит эту машину.
error-run-interrupted = Запуск прерван.
error-run-timed-out = Упражнение { $id } остановлено: оно длилось слишком долго.
error-run-timed-out-cause = На один запуск отводится 60 секунд.
error-run-timed-out-next = Попробуйте меньший параметр или `--time-scale 0.1`.
error-run-failed = Упражнение { $id } закончилось ошибкой.
error-run-failed-cause = { $reason }
error-run-failed-next = `weft doctor` проверит эту машину.
error-order-broken = Упражнение { $id } нарушило гарантированный порядок.
error-order-broken-cause = { $rules }
error-order-broken-next = Это ошибка в Weft: сообщите о ней, указав `--seed { $seed }`.

## install и uninstall

install-written = записано: { $path }
install-removed = удалено: { $path }
install-next = Теперь Jupyter предлагает «Rust (Weft)».
error-kernel-name = «{ $name }» не может быть именем ядра.
error-kernel-name-cause = Имя состоит из букв от a до z, цифр, точки, дефиса и подчёркивания.
error-kernel-name-next = Без `--name` имя будет weft.
error-kernelspec-foreign = { $path } принадлежит другому ядру.
error-kernelspec-foreign-cause = Weft не перезаписывает и не удаляет того, чего не записывал сам.
error-kernelspec-foreign-next = Выберите другое имя с помощью `--name`.
error-not-installed = В { $path } нет установленного ядра Weft.
error-not-installed-next = `jupyter kernelspec list` показывает, где находятся ядра.
error-no-python = Python не найден.
error-no-python-cause = В PATH нет `python3`.
error-no-python-next = Установите Python 3.9 или новее, в Debian и Ubuntu — командой `apt install python3 python3-venv`.
error-python-broken = { $path } не работает.
error-python-broken-cause = { $reason }
error-python-broken-next = Переустановите Python или поставьте другой `python3` в начало PATH.
error-kernel = Ядро не смогло работать с { $path }.
error-kernel-cause = { $reason }
error-kernel-next = Эту команду запускает сам Jupyter; `weft doctor` испытает её.

## lab

lab-looking = Поиск JupyterLab
lab-found = Найден JupyterLab { $version } ({ $path })
lab-too-old = JupyterLab { $version } ({ $path }) слишком стар: нужна версия 4 или новее
lab-unusable = { $path } не запускает JupyterLab: { $reason }
lab-ask = JupyterLab 4 не найден. Установить отдельный в { $path }? Это займёт несколько минут и около 300 МБ.
lab-making = Установка отдельного JupyterLab
lab-kernelspec = Установка ядра
lab-preparing = Подготовка библиотеки для ваших ячеек (в первый раз занимает минуту)
lab-notebooks = Копирование блокнотов
lab-copied = { $path }: новых { $new }, обновлено { $updated }, обновлено с сохранением вашего текста { $merged }, ваших оставлено без изменений { $kept }
lab-both-changed = { $path }: ячеек, изменённых и вами, и в новой версии: { $cells }. Ваши остались на месте, новый текст стоит под каждой.
lab-left = { $path } остаётся как есть: обновить его нельзя. Чтобы получить новую версию, переименуйте его и снова вызовите `weft lab`.
lab-newer-version = Новая версия ячейки выше (ваша сохранена)
lab-opening = Открываем JupyterLab
lab-open = JupyterLab открыт по адресу выше. Ctrl-C завершает его.
lab-open-to-all = Каждый, кому доступен адрес { $address } и известен токен, может выполнять там программы от вашего имени.
error-no-jupyter = JupyterLab не найден.
error-no-jupyter-cause = В PATH нет JupyterLab 4 или новее, и отдельный не был установлен.
error-no-jupyter-next = `weft lab --yes` установит его, не спрашивая; или установите сами: `pip install jupyterlab`.
error-lab-offline = JupyterLab здесь ещё не установлен, а для этого нужна сеть.
error-lab-offline-next = Вызовите один раз `weft lab` без `--offline`.
error-no-venv = Python не может создать отдельное окружение.
error-no-venv-cause = Его модуль `venv` неполон.
error-no-venv-next = В Debian и Ubuntu: `apt install python3-venv`.
error-jupyter-install = JupyterLab не удалось установить.
error-jupyter-install-cause = { $reason }
error-jupyter-install-next = Проверьте соединение с сетью и попробуйте снова или установите сами: `pip install jupyterlab`.
error-jupyter-ended = JupyterLab завершился сам.
error-jupyter-ended-cause = { $status }
error-jupyter-ended-next = Его последние сообщения видны выше; `weft doctor` проверит эту машину.
error-jupyter-silent = JupyterLab не ответил за { $seconds } с.
error-jupyter-silent-next = Попробуйте ещё раз; `weft doctor` проверит эту машину.
error-lab-address = Эта машина не может слушать адрес { $ip }.
error-lab-address-cause = Это не её адрес, или его нельзя использовать.
error-lab-address-next = Выберите другой с помощью `--ip`, например `--ip 0.0.0.0` для всех адресов.
error-port-taken = Порт { $port } занят.
error-port-taken-cause = Его слушает другая программа.
error-port-taken-next = Выберите другой с помощью `--port` или не указывайте его.
error-no-port = Нет свободного порта от { $first } до { $last }.
error-no-port-next = Выберите порт с помощью `--port`.
error-prepare = Библиотеку для ваших ячеек не удалось подготовить.
error-prepare-cause = { $reason }
error-prepare-next = `weft doctor` проверит инструменты Rust.
error-no-notebooks = В этой сборке Weft нет блокнотов.
error-no-notebooks-next = Соберите его заново из полного репозитория.

## doctor

doctor-status-ok = в порядке
doctor-status-note = заметка
doctor-status-missing = не хватает
doctor-status-failed = не работает
doctor-platform = Платформа
doctor-platform-next = Weft работает в Linux (`x86_64`, `aarch64`); в других системах используйте Docker или WSL2.
doctor-rustc = Компилятор Rust
doctor-rustc-next = Установите инструменты Rust с https://rustup.rs или обновите их командой `rustup update`.
doctor-cargo = Сборщик Cargo
doctor-cargo-next = Установите инструменты Rust с https://rustup.rs или обновите их командой `rustup update`.
doctor-linker = Компоновщик
doctor-linker-next = Установите компилятор C, в Debian и Ubuntu — командой `apt install build-essential`.
doctor-linker-works = программа скомпилирована, скомпонована и выполнена
doctor-rust-src = Исходный текст стандартной библиотеки
doctor-rust-src-next = Для выполнения ячеек не нужен; `rustup component add rust-src` улучшает автодополнение.
doctor-rust-src-absent = не установлен
doctor-not-on-path = в PATH нет `{ $name }`
doctor-landlock-version = версия { $version }
doctor-available = доступно
doctor-not-available = недоступно
doctor-ports = Порты
doctor-ports-next = Программы должны иметь возможность слушать 127.0.0.1; посмотрите на межсетевой экран или контейнер.
doctor-port-free = { $port } свободен
doctor-port-taken = { $port } занят; `weft lab` возьмёт следующий свободный
doctor-jupyter = Среда Jupyter
doctor-jupyter-next = `weft lab` установит отдельный JupyterLab; или установите сами: `pip install jupyterlab`.
doctor-library = Библиотека для ячеек
doctor-library-next = Посмотрите на проверки инструментов Rust выше; в первый раз нужна сеть.
doctor-library-announce = Готовим библиотеку для ячеек; в первый раз это занимает минуту.
doctor-kernelspec = Ядро, известное Jupyter
doctor-kernelspec-next = `weft install` сделает ядро известным Jupyter.
doctor-not-installed = ещё не установлено; испытываем саму эту программу
doctor-kernelspec-stale = { $path } указывает на { $program }, которого нет
doctor-kernel-announce = Испытываем настоящее ядро; это может занять минуту.
doctor-kernel-start = Ядро: запуск
doctor-kernel-start-next = Что сказало ядро, видно в выводе Jupyter; повторный `weft install` исправит повреждённую установку.
doctor-kernel-execute = Ядро: выполнение ячейки
doctor-kernel-execute-next = Посмотрите на проверки инструментов Rust выше.
doctor-kernel-interrupt = Ядро: прерывание ячейки
doctor-kernel-interrupt-next = Сообщите об этом, приложив весь вывод `weft doctor --json`.
doctor-kernel-shutdown = Ядро: завершение
doctor-kernel-shutdown-next = Сообщите об этом, приложив весь вывод `weft doctor --json`.
doctor-all-well = Всё работает.
error-doctor-missing =
    { $count ->
        [one] Не хватает { $count } вещи, нужной Weft.
       *[other] Не хватает { $count } вещей, нужных Weft.
    }
error-doctor-missing-next = Строки с пометкой «не хватает» говорят, что установить.
error-doctor-failed =
    { $count ->
        [one] { $count } проверка не пройдена.
        [few] { $count } проверки не пройдены.
       *[other] { $count } проверок не пройдено.
    }
error-doctor-failed-next = Строки с пометкой «не работает» говорят, что делать.

## notebooks (для авторов)

notebook-written = записано: { $path }
notebook-removed = удалено: { $path }
notebooks-unpublished = Больше не публикуется на `{ $lang }`: { $count }. Не переведены тексты этих блокнотов или заголовки в оглавлении; `weft i18n report { $lang }` их назовёт.
notebook-missing = { $path } отсутствует
notebook-different = { $path } отличается от исходного текста
notebook-extra = { $path } не имеет исходного текста
notebooks-up-to-date = Все блокноты соответствуют исходным текстам.
error-no-sources = В { $path } нет исходных текстов блокнотов.
error-no-sources-next = Вызовите команду в корне репозитория или укажите папку с помощью `--dir`.
error-notebook-source = В исходном файле блокнотов или текстов ошибка.
error-notebook-source-cause = { $reason }
error-notebook-source-next = Исправьте её там и вызовите команду снова.
error-notebooks-differ =
    { $count ->
        [one] { $count } блокнот не соответствует исходному тексту.
        [few] { $count } блокнота не соответствуют исходным текстам.
       *[other] { $count } блокнотов не соответствуют исходным текстам.
    }
error-notebooks-differ-next = `weft notebooks` запишет их заново.
