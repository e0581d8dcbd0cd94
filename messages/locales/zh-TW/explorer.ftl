# `weft explore` 說的話：原本可能發生什麼。

## 說明

help-explore = 找出一個多執行緒程式所有可能的輸出，以及所有可能出錯的地方
help-explore-after = 程式以一般的 `std` 撰寫，也可以使用 `crossbeam` 的通道與 `scope`、`parking_lot` 的鎖，以及我們自己的 `exercises::sync` 和 `exercises::process`；不是執行，而是探索。結束碼 1 表示發現了錯誤，4 表示沒有答案：被中斷，或時間、記憶體不足。
help-explore-file = 程式：含有 `main` 的 Rust 檔案；或一個練習，例如 s1e6
help-explore-budget = 探索最多可用的秒數（不給則為 10）
help-explore-replay = 逐步顯示一個排程，寫法照探索結果所給的
help-explore-timeline = 把 `--replay` 或 `--play` 的排程畫成時間軸，存到這個檔案：`.svg`、`.html`、`.txt`，或給檢視工具的 `.json`；`-` 則畫在終端機
help-explore-play = 由你決定下一步輪到誰：顯示這些步驟做了什麼，以及之後誰可以走；沒有給步驟就從頭開始
help-explore-ask = 能不能剛好輸出這幾行？各行以 `|` 分隔
help-explore-list = 另外列出這麼多個可能的輸出
help-explore-equal = 比較兩個程式：第二個能輸出的是否與第一個相同？
help-explore-edition = 程式的版次：2018、2021 或 2024（不給則為 2024）
help-explore-cell = 檔案是一個儲存格：可以只有陳述式而沒有 `main`

## 進行中

explore-preparing = 正在為這個編譯器準備探索器，只需一次：
explore-preparing-crates = 正在準備檢查這個程式所需的 crate，只需一次：
explore-progress = { $classes } 類，{ $seconds } 秒

## 答案的效力

explore-proved = 已證明
explore-bounded = 有限度
explore-bounded-preemptions = 已證明至 { $bound } 次搶占
explore-sampled = 抽樣 { $executions }
explore-effort = { $classes } 類，{ $ms } 毫秒
explore-outcomes = 結果數：{ $count }
explore-outcomes-too-many = 結果太多，無法計數
explore-outcomes-not-counted = 結果未計數
explore-cut-short-time = 時間用完了，來不及算出所有可能的輸出及其順序。
explore-cut-short-memory = 記憶體用完了，無法算出所有可能的輸出及其順序。
explore-cut-short-interrupted = 還沒算出所有可能的輸出及其順序就被中斷了。
explore-some-end = 其中有些這樣結束：{ $endings }
explore-more = 以及另外 { $count } 個
explore-not-proved = 這並未證明：沒有全部試過。

## 順序

explore-word-guaranteed = 有保證
explore-word-held = 目前為止
explore-word-likely = 很可能
explore-word-luck = 碰運氣
explore-guaranteed = 「{ $before }」先於「{ $after }」   { $cause }
explore-likely = 「{ $before }」先於「{ $after }」   通常如此，但沒有保證
explore-likely-margin = 「{ $before }」先於「{ $after }」   只靠時間；某條執行緒被耽擱 { $ms } 毫秒就不成立
explore-luck = 「{ $one }」與「{ $other }」：有時這個先，有時那個先
explore-cause = { $by }，第 { $line } 行
explore-by-join = `join`
explore-by-process = 等待行程結束
explore-by-barrier = 屏障
explore-by-channel = 通道
explore-by-pipe = 管線
explore-by-condition = 條件變數
explore-by-once = 只執行一次的程式碼
explore-by-park = `unpark`
explore-by-lock = 鎖
explore-by-atomic = 原子變數
explore-by-spawn = 啟動執行緒
explore-by-program-order = 兩者由同一條執行緒完成
explore-by-other = 數個原因合在一起

## 發現

explore-word-deadlock = 死結
explore-word-lost-update = 更新遺失
explore-word-data-race = 資料競爭
explore-word-panic = panic
explore-word-livelock = 活結
explore-word-lost-wakeup = 喚醒遺失
explore-word-blocked-at-exit = 卡住
explore-word-nondeterminism = 無法重現
explore-deadlock = 誰都無法繼續（第 { $lines } 行）。
explore-lost-update = 一條執行緒蓋掉了另一條剛做的更改（第 { $lines } 行）。
explore-data-race = 兩條執行緒使用同一塊記憶體，其中一條在寫入，而兩者沒有先後順序（第 { $lines } 行）。
explore-panic = 第 { $lines } 行：{ $message }
explore-livelock = 執行緒一直執行，卻毫無進展（第 { $lines } 行）。
explore-lost-wakeup = 執行緒在等一個通知，而通知在它開始等待之前就來過了（第 { $lines } 行）。
explore-blocked-at-exit = 程式結束時，有條執行緒永遠卡住（第 { $lines } 行）。
explore-nondeterminism = 同樣的步驟順序，第二次做的卻不同（第 { $lines } 行）。
explore-word-spurious = 虛假喚醒
explore-spurious = { $count ->
    [0] 條件變數的等待也可能沒有通知就結束（虛假喚醒：`std` 與 `POSIX` 的文件允許這樣）。這時可能發生：
   *[other] 第 { $lines } 行的等待也可能沒有通知就結束（虛假喚醒：`std` 與 `POSIX` 的文件允許這樣）。這時可能發生：
}
explore-equal-spurious = 以上不計虛假喚醒。計入之後，關於 B：
explore-spurious-prints = 會輸出這個，接著是{ $ending }：
explore-spurious-advice = 每次等待之後，請再問一次是否還要等：用 `while` 取代 `if`，或用 `wait_while`。
explore-spurious-crashed = 條件變數的等待也可能沒有通知就結束（虛假喚醒：`std` 與 `POSIX` 的文件允許這樣）。這時程式會當掉。
explore-spurious-stuck = 條件變數的等待也可能沒有通知就結束（虛假喚醒：`std` 與 `POSIX` 的文件允許這樣）。這時會有執行緒一直執行，其間沒有鎖、通道、原子變數，也沒有結束。
explore-spurious-untried = 沒有試過所有的虛假喚醒，所以不知道沒有通知就結束的等待是否有害。
explore-spurious-untried-time = 時間不夠，沒能試過所有的虛假喚醒，所以不知道沒有通知就結束的等待是否有害。
explore-spurious-untried-memory = 記憶體不夠，沒能試過所有的虛假喚醒，所以不知道沒有通知就結束的等待是否有害。
explore-spurious-untried-interrupted = 還沒試過所有的虛假喚醒就被中斷了，所以不知道沒有通知就結束的等待是否有害。
explore-replay-with = 觀看：`--replay { $schedule }`
explore-picture-clock = 圖中每一步占一毫秒：模型裡沒有時間。
explore-replay-in-cell = 觀看：`:replay { $schedule }`
explore-who-main = 主程式
explore-who-thread = 執行緒 { $number }
explore-waits = { $who }（第 { $line } 行）在等{ $what }。
explore-waits-held = { $who }（第 { $line } 行）在等{ $what }，它從第 { $taken } 行起由{ $whom }持有。
explore-waits-end = { $who }（第 { $line } 行）在等{ $whom }結束。
explore-object-mutex = 一把鎖
explore-object-rwlock = 一把讀寫鎖
explore-object-condition = 一個通知
explore-object-thread = 一條執行緒結束
explore-object-unpark = 一次 `unpark`
explore-object-barrier = 屏障前的其他執行緒
explore-object-once = 只執行一次的程式碼
explore-object-room = 通道中的空位
explore-object-message = 一則訊息
explore-object-turn = 輪到自己
explore-ends-finished = 正常結束
explore-ends-code = 結束碼 { $code }
explore-ends-panicked = panic
explore-ends-deadlock = 死結
explore-ends-cut-off = 看不到結束

## 提問

explore-word-ask = 提問
explore-possible = 可能；接著是{ $endings }
explore-impossible = 從第 { $line } 行起不可能；那裡可能是：{ $could }

## 兩個程式

explore-equal = 相同：兩者能輸出的完全一樣（{ $a } = { $b }）
explore-under = 同步不足：第二個能輸出第一個從不輸出的內容（{ $a }，{ $b }）
explore-over = 同步過度：第一個能輸出的，有些第二個永遠無法輸出（{ $a }，{ $b }）
explore-different = 不同：各自都能輸出對方無法輸出的內容（{ $a }，{ $b }）
explore-relation-open = 未判定：無法全部試過，所以不知道兩者能輸出的是否相同
explore-witness-a = 只有第一個能輸出這個，接著是{ $ending }：
explore-witness-b = 只有第二個能輸出這個，接著是{ $ending }：

## 排程

explore-word-can-go = 可以走
explore-word-waits = 等待
explore-play-over = 結束了：沒有誰還能往下走。
explore-at-line = 第 { $line } 行
explore-prints = 輸出「{ $text }」
explore-complains = 向標準錯誤輸出「{ $text }」

## 答案的前提

explore-word-assumed = 前提
explore-word-not-seen = 看不見
explore-not-seen = { $what }，第 { $line } 行
explore-assumes-consistency = 所有執行緒以同一個順序看見記憶體的所有更改（循序一致性）。
explore-assumes-symmetry = 相同的執行緒只探索一次。
explore-assumes-spurious = { $bound ->
    [0] 條件變數的等待只因通知而結束。
   *[other] 條件變數的等待沒有通知就結束，每條執行緒最多 { $bound } 次。
}
explore-assumes-polling = 白問了 { $bound } 次的執行緒，會等到有所改變。
explore-assumes-threads = 執行緒不超過 { $bound } 條；更多的執行緒會做什麼，沒有探索。
explore-assumes-steps = 每次執行最多只追蹤 { $bound } 步。
explore-assumes-private-memory = 兩個行程共用了一個原本各有一份的物件。
explore-assumes-threads-of-a-child = 子行程的執行緒在它結束之後仍會繼續。
explore-assumes-tried-rendezvous = 對容量為 0 的通道呼叫 `try_send` 時，不會有人在等著接收。

## 錯誤

error-explore-no-compiler = Rust 編譯器沒有回應。
error-explore-no-compiler-cause = { $reason }
error-explore-no-compiler-next = 請從 `rustup.rs` 安裝 Rust；`weft doctor` 會檢查這部機器。
error-explore-not-prepared = 無法為這個編譯器準備探索器。
error-explore-not-prepared-cause = { $reason }
error-explore-not-prepared-next = 請連上網路一次，或騰出空間，然後再試。
error-explore-does-not-compile = 程式無法編譯。
error-explore-does-not-compile-cause = { $said }
error-explore-no-text = { $path } 不是 `UTF-8` 文字。
error-explore-no-file = { $path } 不是檔案。
error-explore-file-too-large = { $path } 超過程式的大小上限（1 `MiB`）。
error-explore-compiles-for-ever = 編譯器在 { $seconds } 秒內沒有完成。
error-explore-compiles-for-ever-next = 請找找無止境增長的常數或型別。
error-explore-not-modelled = 沒有模型：{ $what }，第 { $lines } 行。
error-explore-not-modelled-cause = 探索器有這些東西的模型：`std` 的執行緒、鎖、通道與原子變數，`crossbeam` 的通道、`scope` 與 `WaitGroup`，`parking_lot` 的鎖，以及我們自己的 `exercises::sync` 和 `exercises::process` 的大部分。檔案、網路和其他程式無法探索，探索器沒有模型的其他東西也是。
error-explore-not-modelled-next = 請實際執行它，或拿掉那個部分。
explore-beyond = { $what ->
    [fork-beside-threads] 在父行程還有其他執行緒，或有過沒有人等待的執行緒時啟動的行程。
    [nobody-waits] 沒有人等待的行程。
    [signal] 收到訊號時正在等待別的東西的行程，或是在送出訊號之後、等到該行程結束之前使用共用的東西。
    [ended-by-thread] 由自己的其他執行緒結束的子行程。
    [died-sharing] 發生 panic 或提早結束的子行程，而且有物件會把這件事告知使用它的行程。
   *[memory] 這部機器上的行程：無法把它們的記憶體分開。
}
error-explore-beyond = 沒有模型，第 { $line } 行：{ explore-beyond }
error-explore-beyond-cause = 探索器有 `Process`、行程之間的鎖、數值、佇列與管線，以及 `exercises::process` 中許多其他東西的模型，但沒有這個的模型。
error-explore-beyond-next = 請用 `join` 等待每個行程，並在執行緒之前啟動行程；或實際執行它。
error-explore-turn = 執行緒 { $step } 現在不能走。
error-explore-turn-next = 從「可以走」後面的執行緒裡選一個，號碼在行末。
error-explore-misfit = 這個排程不符合。
error-explore-misfit-cause = { $reason }
error-explore-misfit-next = 請重新探索，並使用那裡給出的排程。
error-explore-stuck = 有條執行緒執行了 { $seconds } 秒，其間沒有鎖、通道、原子變數，也沒有結束。
error-explore-stuck-cause = 探索器只在那些地方換別的執行緒：無窮迴圈對它來說永遠不會結束。
error-explore-stuck-next = 請讓迴圈有個終點，或有個要等待的東西。
error-explore-interrupted = 還沒有答案就被中斷了。
error-explore-overdue = 探索沒有結束。
error-explore-overdue-next = 請試試較少的執行緒或較少的重複。
error-explore-memory = 程式本身或探索得到的結果，需要的記憶體超過了現有的 { $megabytes } `MiB`。
error-explore-memory-next = 請試試較少的執行緒、較少的重複或較小的資料。
error-explore-crashed = 程式當掉了（訊號 { $signal }）。
error-explore-crashed-cause = { $said }
error-explore-crashed-next = 太深的遞迴、panic 當中的 panic，以及 `unsafe` 程式碼會造成這樣。
error-explore-ended = 程式結束了探索它的那個行程。
error-explore-ended-cause = { $said }
error-explore-ended-next = `unsafe` 程式碼做得到；探索器無法追蹤它。
error-explore-not-loaded = 程式無法與探索器連結。
error-explore-not-loaded-cause = { $reason }
error-explore-not-loaded-next = 其他程式庫的函式無法探索。
error-explore-too-many-outputs = 其中一個程式的輸出太多，無法比較。
error-explore-too-many-outputs-next = 請試試較少的執行緒或較少的重複。

## 儲存格中

command-explore = 找出下方（或上一個儲存格）的程式碼或某個練習所有可能的輸出，以及可能出錯的地方；程式碼不會執行
command-ask = 下方（或上一個儲存格）的程式碼能不能剛好輸出這幾行？
command-replay = 逐步顯示 `:explore` 找到的排程
command-play = 由你決定下方（或上一個儲存格）的程式碼下一步輪到誰：`:play 1` 讓執行緒 1 走一步
command-play-usage = `:play` 從頭開始，`:play 1` 讓執行緒 1 走一步（0 是主程式），`:play 1 0 2` 連走幾步，`:play back` 收回最後一步。
command-explore-nothing = 沒有可探索的程式碼：`:explore` 要寫在程式碼上方。
command-ask-usage = `:ask` 需要幾行文字，例如 `:ask "start A | exit A"`
command-replay-usage = `:replay` 需要一個排程，例如 `:replay 0x2.1.2`
