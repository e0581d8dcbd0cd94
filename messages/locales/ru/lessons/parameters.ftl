# Что говорят упражнения: названия, сценарии, пояснения и текст каждой строки вывода.
# Имена (Reza, myFunc, MyClass-2, p1) и переменные не переводятся.

## Параметры

parameter-n_threads = число потоков (в упражнении `s1e6` — пар потоков)
parameter-n_process = число процессов
parameter-n_products = число изделий
parameter-n_inputs = число входных значений
parameter-shared_cell = 1 показывает ошибку: одна общая ячейка вместо очереди
parameter-n_rounds = число кругов
parameter-n_permits = число разрешений
parameter-n_parties = число потоков, которых ждёт барьер
parameter-n_handlers = число потоков, которые ждут события
parameter-n_counts = до скольких идёт счёт
parameter-interval = через сколько десятых долей секунды сработает таймер (в сценариях 2 и 3 — через половину этого времени)
parameter-num = число, которое возводится в куб и в квадрат
parameter-length = длина массива или списка
parameter-n_items = число предметов в очереди
parameter-count = до скольких идёт счёт
parameter-parties = сколько процессов должны встретиться у барьера
parameter-n_workers = число работников пула (0 — по одному на каждое ядро процессора)
parameter-n_tasks = число задач
parameter-seconds = сколько секунд может работать процесс (в упражнении `s4e14` — сколько секунд длится более долгая пауза)
parameter-dishes = число предметов посуды
parameter-items = число предметов
parameter-workers = число работников
parameter-limit = до скольких считает каждый работник
parameter-gil = 1 даёт всем потокам процесса одну общую блокировку, подобную блокировке интерпретатора (`GIL`) в `CPython`
parameter-dryers = число сушильщиков (в сценариях 1 и 2)
parameter-n_values = число заданий
parameter-processes = 1 берёт пул процессов вместо пула потоков
parameter-n_hosts = число узлов
parameter-n_clients = число клиентов
parameter-load = число сообщений
parameter-n_sites = число адресов встроенного тестового сервера (с `--sites` их число определяет файл)
parameter-concurrency = сколько задач работник выполняет одновременно
parameter-sites = текстовый файл с адресами для проверки, по одному в строке (с `#` начинается комментарий)
