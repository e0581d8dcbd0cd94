# 評分對探索過的答案的說明：在模型中探索它的每一個排程。

## 哪裡出錯

grading-explore-deadlock = 在某個排程中，誰都無法繼續：死結。
grading-explore-lost-update = 在某個排程中，一條執行緒蓋掉了另一條剛做的更改：更新遺失。
grading-explore-data-race = 兩條執行緒使用同一塊記憶體，其中一條在寫入，而兩者沒有先後順序：資料競爭。
grading-explore-panic = 在某個排程中會發生 panic。
grading-explore-livelock = 在某個排程中，執行緒一直執行，卻毫無進展：活結。
grading-explore-lost-wakeup = 在某個排程中，執行緒在等一個通知，而通知在它開始等待之前就來過了：喚醒遺失。
grading-explore-blocked-at-exit = 在某個排程中，程式結束時有條執行緒永遠卡住。
grading-explore-nondeterminism = 同一個排程，第二次做的卻不同。
grading-explore-woken = 條件變數的等待也可能沒有通知就結束（虛假喚醒），這時就會出錯：沒有再問一次是否還要等。請用 `while` 取代 `if`，或用 `wait_while`。
grading-explore-leaves = 在某個排程中，外圍的程式還沒做完，它就結束了整個行程。
grading-explore-prints = 在某個排程中，它輸出了正確答案從不輸出的內容：同步不足。
grading-explore-never-right = 在每個排程中，它輸出的都與正確答案不同：這與同步無關。
grading-explore-never-prints = 正確答案能輸出的，有些它永遠無法輸出：同步過度。

## 一起顯示的內容

grading-explore-label-lines = 你的答案中的行
grading-explore-label-printed = 它能輸出這個
grading-explore-label-required = 它永遠無法輸出這個
grading-explore-label-ending = 接著是
grading-explore-label-cell = 逐步觀看：把這段貼到一個儲存格裡
grading-explore-label-program = 探索的內容
grading-explore-nothing = （什麼都沒有）

## 為什麼無法得知

grading-explore-open-not-modelled = 探索器沒有 `{ $what }` 的模型，所以這個答案無法探索。
grading-explore-open-beyond = 無法探索這份答案。沒有模型：{ explore-beyond }
grading-explore-open-time = 這個答案的排程太多，無法在 { $limit } 秒內探索完。
grading-explore-open-memory = 這個答案的排程太多，無法以 { $limit } MB 的記憶體探索完。
grading-explore-open-bounded = 這個答案的排程無法全部探索：它一再問同一件事，或超出了模型。
grading-explore-open-nondeterminism = 同一個排程下，這個答案兩次做的不同，所以無法探索。
grading-explore-open-outputs = 這個答案能輸出的內容太多，無法比較。
grading-explore-open-reference = 沒有可以和這個答案比較的對象：正確答案無法探索完整。
grading-explore-open-broke = 這個答案的探索中斷了。
grading-explore-no-fault = 這不是你的錯，也不會扣分：會有人來看。
