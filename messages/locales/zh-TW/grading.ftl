# 評分所說的話：學生的報告、全班總覽、作業。

## 判定

grading-verdict-Accepted = 通過
grading-verdict-Partial = 部分正確
grading-verdict-Wrong = 錯誤
grading-verdict-CompileError = 無法編譯
grading-verdict-CompileLimit = 編譯負擔過大
grading-verdict-TimeLimit = 太慢
grading-verdict-MemoryLimit = 記憶體用量過多
grading-verdict-OutputLimit = 輸出過多
grading-verdict-ProcessLimit = 執行緒過多
grading-verdict-DiskLimit = 寫入磁碟過多
grading-verdict-RuntimeError = 執行時崩潰
grading-verdict-Incomplete = 沒有作答
grading-verdict-Forbidden = 不允許
grading-verdict-Invalid = 無法讀取
grading-verdict-Internal = 我們的錯
grading-verdict-open = 尚未決定

## 標籤

grading-label-points = 分數
grading-label-student = 學生
grading-label-compiler = 編譯器的訊息
grading-label-check = 測試
grading-label-asked = 題目給的值
grading-label-expected = 預期
grading-label-found = 你的答案
grading-label-rule = 違反的規則
grading-label-seed = 這次執行的種子
grading-label-said = 訊息
grading-label-comment = 老師的話
grading-label-timeline = 失敗那次執行的時間軸
grading-label-output = 印出的內容
grading-label-schedule = 能重現問題的排程

## 說明

grading-note-trusted = 注意：這些答案在沒有完整沙箱的情況下執行，因為評分者決定信任它們。
grading-note-missing = 沙箱缺少：{ $layers }。
grading-note-approximate = 有些限制是不時測量的，不是由系統計算：記憶體與執行緒的數字是近似值。
grading-note-open = 有些分數尚未決定，因此沒有總分。
grading-note-schedule = 貼到你的筆記本裡：`:explore --replay` 加上排程。
grading-note-similar = 這是線索，不是證據：短的答案本來就像，好點子也會有很多人想到。

## 總覽

grading-overview = 總覽
grading-overview-count = { $count } 份繳交
grading-overview-mean = 平均
grading-overview-open = 有 { $count } 份還沒有總分，因為還要給分；平均與分布不計入它們。
grading-overview-distribution = 分數分布
grading-overview-tasks = 題目
grading-overview-mistakes = 最常見的錯誤
grading-overview-no-mistakes = 沒有。
grading-overview-similar = 相似的答案
grading-overview-no-similar = 沒有。
grading-overview-similar-count = { $count } 組，並排對照
grading-overview-students = 學生
grading-overview-passed-over = 沒有評分的檔案
grading-overview-passed-over-why = 看不出這些檔案是誰的，或者它們不是筆記本，或者放在不會去找筆記本的地方。沒有任何人的評分結果來自它們。

## 為什麼沒有東西可以評

grading-problem-not-json = 這個檔案不是筆記本：從第 { $line } 行第 { $column } 欄起就讀不懂了。請在 JupyterLab 重新存檔後再繳交一次。
grading-problem-not-notebook = 這個檔案不是筆記本。請在 JupyterLab 重新存檔後再繳交一次。
grading-problem-too-large = 筆記本超過 { $limit } MB。請清除輸出後再繳交一次。
grading-problem-damaged = 檔案已損壞，無法讀到結尾。請再繳交一次。
grading-problem-no-notebook = 這份繳交裡沒有筆記本。
grading-problem-other-files = 這份繳交裡沒有筆記本，只有 { $files }。請繳交筆記本本身（`.ipynb`），或 `weft submit` 產生的 zip 檔。
grading-problem-several-notebooks = 這份繳交裡有 { $count } 本筆記本，卻沒有一本用作業的名稱。請只繳交一本。
grading-problem-not-a-file = 筆記本不是一般的檔案。請繳交筆記本本身，不要繳交連結。
grading-problem-unsafe-path = 壓縮檔想把檔案放到自己外面。請用 `weft submit` 重新打包。
grading-problem-cell-missing = 筆記本裡沒有這一題的儲存格。請把答案寫進發給你的筆記本，不要改名或刪除其中的儲存格。
grading-problem-cell-twice = 有好幾個儲存格用了這一題的名稱，內容卻不同。請只保留一個。
grading-problem-answer-too-long = 答案超過 { $limit } KB。
grading-problem-untouched = 還沒有作答。

## 為什麼這樣判定

grading-why-fine = 要求的都做到了。
grading-why-not-written = 還沒有作答：執行到了 `todo!()`。
grading-why-compiler = 答案無法編譯。
grading-why-compiler-crashed = 編譯器處理這個答案時崩潰了。寫得簡單些就好。
grading-why-compile-time = 編譯超過 { $limit } 秒。
grading-why-compile-memory = 編譯用了超過 { $limit } MB 的記憶體。
grading-why-compile-output = 編譯器對這個答案的訊息過多。
grading-why-word = 第 { $line } 行用了 `{ $word }`，這一題不允許。
grading-why-slept = 它用睡眠來等待，這一題不允許。請等待你需要的事情發生，而不是等一段時間。
grading-why-values = 可以執行，但結果與預期不同。
grading-why-values-hidden = 可以執行，但某個隱藏測試的結果與預期不同。
grading-why-order = 事情以不該出現的順序發生了。
grading-why-time = 過了 { $limit } 秒還在計算。
grading-why-time-waiting = 過了 { $limit } 秒還在等待：大概在等永遠不會來的鎖、執行緒或訊息。
grading-why-memory = 用了超過 { $limit } MB 的記憶體。
grading-why-memory-approximate = 用了超過大約 { $limit } MB 的記憶體。
grading-why-output = 寫到 { $stream } 的內容過多。
grading-why-processes = 啟動的執行緒與行程超過 { $limit } 個。
grading-why-threads = 同時最多允許 { $limit } 條執行緒，卻有 { $seen } 條。
grading-why-threads-hidden = 同時最多允許 { $limit } 條執行緒，但在某個隱藏測試裡超過了。
grading-why-leftover = 回答完時還有 { $threads } 條執行緒與 { $processes } 個行程沒有結束。請等它們全部結束。
grading-why-leftover-hidden = 回答完某個隱藏測試時，還有執行緒或行程沒有結束。請等它們全部結束。
grading-why-unreaped = 回答完時有 { $processes } 個子行程已經結束，卻沒有人等待它們。請等待每個子行程，連自己終止的也要等。
grading-why-unreaped-hidden = 回答完某個隱藏測試時，有子行程已經結束，卻沒有人等待它們。請等待每個子行程，連自己終止的也要等。
grading-why-disk = 寫入檔案超過 { $limit } MB。
grading-why-panicked = 程式因 `panic` 而結束。
grading-why-panicked-at = 程式在第 { $line } 行因 `panic` 而結束。
grading-why-panicked-hidden = 程式在某個隱藏測試裡因 `panic` 而結束。
grading-why-stack = 堆疊用完了：大概有函式不停地呼叫自己。
grading-why-ended = 還沒回答就以結束碼 { $code } 結束了程式。
grading-why-ended-hidden = 在某個隱藏測試裡，還沒回答就結束了程式。
grading-why-killed = 還沒回答就被訊號 { $signal } 結束了。
grading-why-killed-hidden = 在某個隱藏測試裡，還沒回答就被訊號結束了。
grading-why-forged = 它回答了沒有人問的問題。
grading-why-internal = 我們無法評這個答案。這不是你的錯，也不會扣分：會有人來看。
grading-why-by-hand = 這一題由老師決定，目前還沒有決定。
grading-why-given = 這一題由老師決定了分數。
grading-why-not-graded = 這一題沒有評分。

## 檢查作業

grading-claim-reference = 參考解答拿到滿分
grading-claim-stub = 發給學生的樣板拿不到分
grading-claim-wrong = 錯誤的解答被退回
grading-claim-right = 正確的解答被接受
grading-claim-all-read = 解答旁的每個檔案都是某一題的解答
grading-claim-wrong-exists = 有錯誤的解答可以用來試驗檢查

## 進度

grading-progress = { $total } 份中的第 { $done } 份：{ $id }
grading-progress-left = { $total } 份中的第 { $done } 份：{ $id }，大約還要 { $seconds } 秒

## 新作業

grading-new-title = 第一份作業
grading-new-text = 請把答案寫在有標示的儲存格裡。其他的都保持原樣。
grading-new-task = 兩倍
grading-new-by-hand = 用你自己的話說
grading-new-question = 結果是另一條執行緒算出來的，為什麼我們還是拿得到？
grading-new-answer = 因為 `join` 會等執行緒結束，並把它傳回的值交給我們。
grading-new-stub = 你的答案
