# 本語言的文字；各條用途請見英文檔。

kernel-cannot-start = 核心無法執行儲存格：{ $reason }。請排除後重新啟動核心；`weft doctor`會檢查核心所需的一切。
library-preparing = 正在準備儲存格使用的程式庫。只需做一次，約一分鐘。
library-problem = 儲存格無法使用 crate `exercises`：編譯失敗。一般的 Rust 程式仍可執行。請在終端機執行 `weft doctor` 查看缺少什麼。

cell-panic = 儲存格發生 panic：
cell-panic-at = 儲存格在第 { $line } 行第 { $column } 欄發生 panic：
cell-returned-error = 儲存格提前結束：運算子`?`傳回了錯誤，內容見上方。
cell-interrupted = 儲存格已中斷。您的變數維持原狀。
cell-interrupted-lost = 儲存格已中斷。執行它的行程已被結束，這本筆記本的變數因此遺失：請重新執行定義這些變數的儲存格。
cell-worker-died = 執行儲存格的行程已結束（{ $cause }），這本筆記本的變數因此遺失：請重新執行定義這些變數的儲存格。

help-head = 指令寫在儲存格的 Rust 程式碼之前，每行一個：
help-tail = 每個儲存格都可以使用 crate`exercises`（鎖、佇列、行程）與`weft`（`display`、`clear_output`）。
command-run = 執行一個練習；在終端機輸入`weft list`可列出全部
command-timeline = 畫出上一次 `:run` 中誰在何時做了什麼
command-vars = 顯示變數及其型別
command-dep = 加入一個 crate，例如 `:dep regex = "1"`
command-opt = 設定之後儲存格的最佳化程度；0 編譯最快，3 執行最快
command-clear-output = 清除這個儲存格的輸出；`wait`會等到有新輸出時才清除
command-lang = 設定訊息的語言
command-help = 顯示這份清單
command-unknown = 沒有 `{ $name }` 這個指令。可用的指令：{ $known }
command-wrong-argument = 這裡不能用「{ $argument }」；可用的值：{ $expected }
command-dep-usage = `:dep` 需要 crate 的名稱，例如 `:dep regex = "1"`
command-run-usage = `:run` 需要一個練習，例如 `:run s1e1 --scenario 1`
command-opt-set = 之後的儲存格將以最佳化等級 { $level } 編譯。
command-lang-set = 訊息現在改用正體中文（{ $language }）。
vars-none = 目前沒有變數。
vars-name = 變數
vars-type = 型別
timeline-none = 目前沒有可畫的內容：請先執行一個練習，例如 `:run s1e1 --scenario 1`
