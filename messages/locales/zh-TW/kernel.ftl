# 筆記本的儲存格在自己的輸出之外顯示的文字。

kernel-cannot-start = 無法執行儲存格：{ $reason }。`weft doctor` 會說明缺少什麼。
library-problem = 無法使用 Weft 的程式庫（`use exercises::...`）：{ $reason }

## 儲存格的指令

help-head = 儲存格裡是 Rust 程式碼，在它之前可以有指令，每個各占一行：
help-tail = 變數、函式與型別會留給之後的儲存格。`use exercises::...` 不需要 `:dep`。
command-help = 這份說明
command-run = 執行一個練習
command-run-usage = 請寫出是哪個練習，例如 `:run s1e1 --scenario 2 --n_threads 5`。
command-timeline = 上一次 `:run` 中誰在何時做了什麼
command-vars = 變數與它們的型別
command-dep = 使用一個套件（crate）
command-dep-usage = 請寫出是哪個套件，例如 `:dep fastrand = "2"`。
command-opt = 之後的儲存格要最佳化到什麼程度
command-opt-set = 之後的儲存格以等級 { $level } 最佳化。
command-clear-output = 清除這個儲存格的輸出；加上 `wait` 則等新輸出來時再清
command-lang = 說明與訊息的語言
command-lang-set = 語言現在是 { $language }。
command-unknown = 沒有 `{ $name }` 這個指令。可用的有：{ $known }
command-wrong-argument = 「{ $argument }」不適用於這裡；可用的值：{ $expected }
timeline-none = 還沒有東西可畫：請先用 `:run` 執行一個練習。
vars-none = 還沒有變數。
vars-name = 名稱
vars-type = 型別

## 儲存格失敗的方式

cell-panic = 儲存格發生 panic：
cell-panic-at = 儲存格在第 { $line } 行第 { $column } 欄發生 panic：
cell-returned-error = 儲存格因 `?` 遇到錯誤而離開。
cell-interrupted = 儲存格已被中斷。
cell-interrupted-lost = 儲存格已被中斷；它的行程必須結束，變數已遺失。
cell-worker-died = 儲存格的行程已結束（{ $cause }），變數已遺失。下一個儲存格會啟動新的行程。
