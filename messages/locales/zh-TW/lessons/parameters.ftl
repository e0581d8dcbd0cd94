# 練習說的話：標題、情境、說明，以及每一行輸出的文字。
# 名稱（Reza、myFunc、MyClass-2、p1）與變數不翻譯。

## 參數

parameter-n_threads = 執行緒的數目（練習 `s1e6` 中為執行緒的對數）
parameter-n_process = 行程的數目
parameter-n_products = 產品的數目
parameter-n_inputs = 輸入的數目
parameter-shared_cell = 設為 1 可以看到錯誤：用一個共用的格子代替佇列
parameter-n_rounds = 回合的數目
parameter-n_permits = 通行證的數目
parameter-n_parties = 屏障要等的執行緒數目
parameter-n_handlers = 等待事件的執行緒數目
parameter-n_counts = 要數到幾
parameter-interval = 計時器幾個十分之一秒後觸發（情境 2 與 3 中為這段時間的一半）
parameter-num = 要計算立方與平方的數
parameter-length = 陣列或串列的長度
parameter-n_items = 佇列中物品的數目
parameter-count = 要數到幾
parameter-parties = 要有幾個在屏障會合
parameter-n_workers = 池中工作者的數目（0 = 每個處理器核心一個）
parameter-n_tasks = 任務的數目
parameter-seconds = 秒數（練習 `s4e5` 中為行程最多執行幾秒，`s4e14` 中為較長的那次停頓）
parameter-dishes = 盤子的數目
parameter-items = 物品的數目
parameter-workers = 工作者的數目
parameter-limit = 每個工作者要數到幾
parameter-gil = 設為 1 時，同一個行程的所有執行緒共用一把鎖，就像 `CPython` 的直譯器鎖（`GIL`）
parameter-dryers = 擦碗工的數目（情境 1 與 2）
parameter-n_values = 工作的數目
parameter-processes = 設為 1 時，用行程池代替執行緒池
parameter-n_hosts = 主機的數目
parameter-n_clients = 用戶端的數目
parameter-load = 訊息的數目
parameter-n_sites = 內建測試伺服器的網址數目（用了 `--sites` 則以檔案為準）
parameter-concurrency = 工作者同時處理幾個任務
parameter-sites = 列出要檢查的網址的文字檔，每行一個（# 開頭為註解）
