# 本語言的文字；各條用途請見英文檔。

kernel-cannot-start = 核心無法執行儲存格：{ $reason }。請排除後重新啟動核心；`weft doctor` 會檢查核心所需的一切。
library-preparing = 正在準備儲存格使用的程式庫。只需做一次，約一分鐘。
library-problem = 儲存格無法使用 crate `exercises`：編譯失敗。一般的 Rust 程式仍可執行。請在終端機執行 `weft doctor` 查看缺少什麼。

cell-panic = 儲存格發生 panic：
cell-panic-at = 儲存格在第 { $line } 行第 { $column } 欄發生 panic：
cell-returned-error = 儲存格提前結束：運算子 `?` 傳回了這個錯誤。先前儲存格的變數都保留著。
output-flood = 這個儲存格印出的內容超過 { $limit }：有 { $bytes } 位元組未顯示在這裡。
output-flood-file = 全部文字在 { $file }。
output-flood-part = 前 { $most } 的輸出在 { $file }。
output-flood-lost = 也無法寫入檔案（磁碟可能已滿或唯讀）。
statics-renewed = { $count ->
   *[other] { $names } 現在是新的 `static` 變數。先前儲存格的執行緒仍使用舊的變數。
}
cell-interrupted = 儲存格已中斷。你的變數維持原狀。
cell-interrupted-lost = 儲存格已中斷。執行它的行程已被結束，這本筆記本的變數因此遺失：請重新執行定義這些變數的儲存格。
cell-interrupted-late = 中斷抵達時儲存格已經執行完畢：它所做的一切都保留下來。
cell-worker-died = 執行儲存格的行程已結束（{ $cause }），這本筆記本的變數因此遺失：請重新執行定義這些變數的儲存格。
cell-died-kept = 執行這個儲存格的行程已結束（{ $cause }）。你的變數維持在這個儲存格執行之前的值。
cell-lost-threads = 先前儲存格的執行緒也隨之消失：{ $names }。
cell-lost-unnamed = { $count } 條沒有名稱的執行緒
cell-died-between = 在上一個儲存格之後，執行儲存格的行程結束了（{ $cause }）：是先前某個儲存格的執行緒造成的。你的變數維持在上一個儲存格執行之後的值。

help-head = 指令寫在儲存格的 Rust 程式碼之前，每行一個：
help-tail = 每個儲存格都可以使用 crate `exercises`（鎖、佇列、行程）與 `weft`（`display`、`html`、`markdown`、`svg`、`image`、`table`、`sleep`、`clear_output`）。`?` 與 `.await` 在函式之外也能使用。
command-run = 執行一個練習；在終端機輸入 `weft list` 可列出全部
command-pick = 以附有執行按鈕的表單顯示一個練習；不給名稱則列出全部
command-timeline = 畫出上一次執行中誰在何時做了什麼；`on` 與 `off` 決定每次執行後是否附圖，`save FILE` 把它寫入檔案
command-vars = 顯示變數、型別，以及每個變數本身占多少位元組
command-dep = 加入一個 crate，例如 `:dep regex = "1"` 或 `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`
command-opt = 設定之後儲存格的最佳化程度；0 編譯最快，3 執行最快
command-clear-output = 清除這個儲存格的輸出；`wait` 會等到有新輸出時才清除
command-lang = 設定訊息的語言
command-help = 顯示這份清單
command-unknown = 沒有 `{ $name }` 這個指令。可用的指令：{ $known }
command-wrong-argument = `{ $name }` 不認得「{ $argument }」。可用的值：{ $expected }
command-dep-usage = `:dep` 需要 crate 的名稱，例如 `:dep regex = "1"`
command-run-usage = `:run` 需要一個練習，例如 `:run s1e1 --scenario 1`
command-opt-set = 之後的儲存格將以最佳化等級 { $level } 編譯。
command-lang-set = 訊息現在改用繁體中文（{ $language }）。
vars-none = 目前沒有變數。
vars-name = 變數
vars-type = 型別
timeline-none = 目前沒有可畫的內容：請先執行一個練習，例如 `:run s1e1 --scenario 1`
cell-main = 這個儲存格定義了一個程式。要執行它，請在儲存格中輸入 `{ $call }`。
file-panic = { $file } 的程式碼發生 panic：
file-panic-at = { $file } 的程式碼在第 { $line } 行第 { $column } 欄發生 panic：
command-shell = 在 shell 中執行一行指令，例如 `!ls`
command-time = 顯示編譯與執行各花多少時間：一個運算式，或整個儲存格
command-time-usage = `:time` 要寫在欲計時的程式碼上方，或寫在運算式前面：`:time 1 + 1`
time-taken = 編譯：{ $compiling }，執行：{ $running }
command-type = 顯示運算式的型別，不執行它
command-type-usage = `:type` 需要一個運算式，例如 `:type vec![1, 2]`
command-no-expression = `{ $code }` 不是運算式。`:type` 接受可以寫在 `let x =` 後面的內容。
type-without-name = 這個型別沒有可以寫出來的名稱：它是閉包、`impl` 型別或 `!`。
command-doc = 顯示名稱或路徑的說明文件，例如 `:doc std::thread::spawn`
command-doc-usage = `:doc` 需要一個名稱或路徑，例如 `:doc std::thread::spawn`
doc-none = 找不到 `{ $name }` 的說明文件。若是標準程式庫的名稱，請執行一次 `rustup component add rust-src`。
command-load = 執行一個檔案，如同其內容寫在儲存格中
command-load-usage = `:load` 需要一個檔案，例如 `:load answer.rs`
load-missing = 沒有 `{ $file }` 這個檔案。路徑從筆記本所在的資料夾算起。
load-no-file = `{ $file }` 不是可以從頭讀到尾的檔案。
load-too-long = `{ $file }` 太長（{ $size } MB）；一個儲存格最多 { $limit } MB。
load-no-text = `{ $file }` 不是文字：第 { $place } 個位元組不符合 UTF-8。
load-unreadable = 無法讀取 `{ $file }`：{ $reason }
load-too-deep = 未載入 `{ $file }`：已有 { $depth } 個檔案正在載入，每一個都由前一個載入。是否有檔案載入了自己？
shell-failed = `{ $command }` 以狀態 { $status } 結束。
shell-not-found = 沒有 `{ $command }` 這個程式（狀態 { $status }）。在 Rust 中要否定一個值，請寫 `!({ $command })`。
shell-killed = `{ $command }` 被訊號結束：{ $cause }。
command-misspelt = 沒有 `{ $name }` 這個指令。你是指 `{ $meant }` 嗎？`:help` 會列出全部。
vars-size = 位元組
dep-under-way = 已編譯 { $count } 個 crate，最近一個：{ $last }
dep-ready = 可以使用 `{ $name }` { $version } 了。
dep-ready-features = 可以使用 `{ $name }` { $version } 了，啟用的功能：{ $features }
dep-unreadable = 無法解讀 `:dep { $argument }`（{ $reason }）。請依照 Cargo.toml 的寫法：`:dep regex = "1"`，版本要加引號；或 `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`。
dep-no-crate = crates.io 上沒有 `{ $name }` 這個 crate。請檢查拼字。
dep-no-version = `{ $name }` 沒有這個版本。可用的版本：{ $candidates }
dep-no-network = 無法取得 `{ $name }`：連不上 crates.io。請檢查網路，再重新執行儲存格。
dep-failed = 無法加入 `{ $name }`：{ $reason }
command-missing-argument = `{ $name }` 需要下列其中之一：{ $expected }
dep-no-feature = `{ $name }` 沒有 `{ $feature }` 這個功能。它的功能列在 crates.io 上。
dep-no-folder = `{ $folder }` 裡沒有 crate：缺少資料夾或其中的 Cargo.toml。路徑從筆記本所在的資料夾算起。

pick-head = 所有練習：
pick-how = `:pick s1e1` 以附有執行按鈕的表單顯示練習，`:run s1e1 --scenario 1` 則直接執行。
pick-one = `:pick` 只接受一個練習的名稱，其餘請在表單中選擇。不用表單：`:run { $given }`
pick-near = 你要找的也許是 { $near }。
pick-list-them = 不給名稱時，`:pick` 會列出全部練習。
pick-parameter = { $about }，從 { $min } 到 { $max }
pick-seed = 隨機選擇的種子；留空則每次取一個新的
pick-scenario = 情境
pick-run = 執行
pick-running = 執行中
pick-timeline = 時間軸
pick-left-out = 還有 { $bytes } 位元組未在此顯示。上面那一行放在單獨的儲存格中會顯示全部。
pick-interrupted = 執行已中斷。
pick-aborted = 你在執行開始之前就中斷了。要執行請再按一次。
pick-wrong-file = 檔案以不含空格的路徑表示。
pick-lost = 顯示這個表單的核心已經結束。請重新執行儲存格 `{ $line }`，表單就會回來。
pick-in-text = 如果這裡沒有附執行按鈕的表單，請修改這一行並在儲存格中執行：

play-title = 由你決定下一步輪到誰
play-begin = 從頭開始
play-back = 上一步
play-so-far = 到目前為止：`{ $line }`
play-not-there = { $who } · 未在執行
play-left-out = 最前面的 { $bytes } 位元組未在此顯示。
play-elsewhere = 這一局已在另一個儲存格中繼續。
play-no-room = 這裡沒有空間放更多按鈕了。`:play` 加上執行緒的編號在任何儲存格中都能用。
play-interrupted = 這一步已中斷。要走這一步請再按一次。
play-aborted = 你在走這一步之前就中斷了。要走這一步請再按一次。
play-no-answer = 探索器沒有給出答案就結束了。
play-lost = 進行這一局的核心已經結束。請在程式碼上方寫上 `{ $line }` 並執行該儲存格，就能回到這裡。
