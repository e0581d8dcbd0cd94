# 時間軸與順序說明的文字。執行緒與行程的名稱由程式決定。

timeline-title-exercise = { $exercise }，情境 { $scenario }：誰在何時做了什麼
timeline-title-other = 誰在何時做了什麼
timeline-summary = 執行緒與行程：{ $lanes } · 事件：{ $events } · 印出的行：{ $lines } · 時間：{ $time }
timeline-lane-summary = { $name }：從 { $from } 到 { $to }；執行 { $running } %，睡眠 { $sleeping } %，等待 { $waiting } %，被鎖擋住 { $blocked } %；印出的行：{ $lines }
timeline-lanes-unsaid = 這裡沒有描述的執行緒與行程：{ $count }
timeline-axis = 時間由左往右，從執行開始時算起。
timeline-thread = 執行緒
timeline-process = 行程 { $pid }
timeline-lane-unnamed = { $number } 號
timeline-more-names = { $names } 等，另有 { $count } 個
timeline-several = 多個事件；數字是個數
timeline-note-mixed = 長條變化太頻繁而無法逐一畫出時，顏色的高度代表它占的時間比例。
timeline-note-lines = 印出的 { $all } 行中，這裡寫出 { $count } 行；其餘沒有空間。
timeline-note-arrows = { $all } 個箭頭中平均挑選畫出 { $count } 個；全部畫出會遮住圖。
timeline-note-lanes = 沒有畫出的執行緒與行程：{ $count }
timeline-note-lost = 紀錄空間已滿，缺少的事件：{ $count }
timeline-empty = 沒有發生任何事。

state-running = 執行中或可執行
state-sleeping = 睡眠中
state-waiting = 等待別人
state-blocked = 被擋住：鎖已被拿走

arrow-spawn = 啟動
arrow-join = 已結束，有人在等
arrow-wake = 讓等待者繼續
arrow-send = 訊息

event-spawn = 啟動
event-start = 開始
event-exit = 結束
event-join-begin = 開始等待結束：
event-join-end = 等到結束：
event-sleep-begin = 入睡
event-sleep-end = 醒來
event-wait-begin = 開始等待：
event-wait-end = 等到：
event-acquire = 取得
event-release = 放開
event-send = 送出
event-receive = 收到
event-print = 印出
event-fork = 啟動行程
event-exec = 改執行別的程式
event-signal = 發出訊號
event-mark = 標記

object-lane = 執行緒
object-lock = 鎖
object-condition = 條件
object-barrier = 屏障
object-semaphore = 號誌
object-event = 事件
object-queue = 佇列
object-pipe = 管線
object-process = 行程
object-timer = 計時器
object-futex = futex

table-all = 以表格列出所有事件
table-time = 時間
table-lane = 誰
table-event = 做什麼
table-about = 對象
table-left-out = 這裡省略的列數：{ $count }

## 為什麼是這個順序
order-guaranteed = 有保證：{ $what }
order-likely = 只是很可能：{ $what }
order-surprise = 這次執行的意外：{ $what }
order-more = 另有同類：{ $count }
order-by-start = { $parent } 在啟動之前做的事，都先於被啟動者做的一切（{ $lanes }）
order-by-join = { $lanes } 做的一切，都先於 { $waiter } 等到結束（join）之後做的事
order-by-lock = { $object } 一次只由一個持有（這裡 { $turns } 次，{ $lanes } 個執行緒或行程）；誰先拿到全看運氣
order-by-barrier = 全部抵達之前，沒有人通過 { $object }（開啟 { $rounds } 次）
order-by-message = 從 { $object } 收到的，必定先被送出（{ $messages } 則訊息）
order-by-permit = { $object } 的通行證不會在給出之前被取得（取得 { $taken } 張）
order-by-flag = { $object } 設定之前，等待它的都不會繼續
order-rule-held = { $rule }（這次成立）
order-rule-not-held = { $rule }（這次不成立）
order-rule-broken = 有保證的順序被破壞：{ $rule }
order-by-sleep = 「{ $first }」在「{ $then }」之前：兩者之間只隔著約 { $time } 的睡眠，沒有別的東西決定順序
order-overtaken = { $first } 比先啟動的 { $then } 更早印出：沒有任何東西決定這兩行的順序
order-unended = 尚未結束，也沒有人等待：{ $lanes }

why-one-line = 兩者是同一行。
why-same-lane = 「{ $first }」在「{ $then }」之前：兩行都由 { $lane } 依程式的順序印出。
why-always = 每次執行「{ $first }」都在「{ $then }」之前，因為這串關係：
why-this-run = 這次執行「{ $first }」在「{ $then }」之前，因為這串關係；別次執行可能相反：
why-none = 沒有任何東西決定「{ $first }」與「{ $then }」的順序。兩者相隔 { $time }；別次執行可能反過來印出。
why-step-line = { $time }：{ $lane } 印出「{ $line }」
why-step-spawn = { $from_time }：{ $from } 啟動 { $to }
why-step-join = { $from_time }：{ $from } 結束；{ $to } 在等它（join），於 { $to_time } 繼續
why-step-handover = { $from_time }：{ $from } 放開 { $object }；{ $to } 於 { $to_time } 取得
why-step-barrier = { $from_time }：{ $from } 抵達 { $object }；之後 { $to } 才能通過，於 { $to_time }
why-step-message = { $from_time }：{ $from } 經由 { $object } 送出；{ $to } 於 { $to_time } 收到
why-step-flag = { $from_time }：{ $from } 設定 { $object }；等待它的 { $to } 於 { $to_time } 繼續
why-step-wake = { $from_time }：{ $from } 喚醒在 { $object } 等待的 { $to }，它於 { $to_time } 繼續

## 儲存格的命令
command-why = 說明上一次執行中兩行輸出由什麼決定順序，或沒有任何東西決定
why-usage = `:why` 需要兩行輸出，各放在引號裡，例如 `:why "line A" "line B"`。寫出一行的一部分就夠了；`"#3"` 是第三行。
why-no-line = 上一次執行沒有印出含有「{ $text }」的行。它的行：{ $lines }
why-several = 「{ $text }」印出了 { $count } 次。請用編號選一行：{ $lines }
timeline-now-on = 從現在起，有多個執行緒或行程的執行之後都會附上圖。
timeline-now-off = 從現在起，執行之後不再附圖。`:timeline last` 會畫出上一次的。
timeline-saved = 已寫入 { $file }。可以在 `ui.perfetto.dev` 開啟，或在瀏覽器用 `chrome://tracing` 開啟。
timeline-saved-picture = 已寫入 { $file }。
timeline-save-usage = `:timeline save` 需要一個檔案，名稱以 `.json`（給 `Perfetto` 之類的檢視工具）、`.svg`、`.html` 或 `.txt` 結尾，例如 `:timeline save trace.json`
timeline-save-failed = 無法寫入 { $file }：{ $reason }

## 命令列
help-run-timeline = 把誰在何時做了什麼畫到這個檔案：`.svg`、`.html`、`.txt`，或給檢視工具的 `.json`；`-` 則畫在終端機
error-timeline-ending = 無法把時間軸畫到 { $path }。
error-timeline-ending-cause = 名稱的結尾決定畫法：`.svg`、`.html`、`.txt` 或 `.json`（給 `Perfetto` 之類的檢視工具）。
error-timeline-ending-next = 例如 `--timeline run.svg`，或用 `--timeline -` 畫在終端機。
