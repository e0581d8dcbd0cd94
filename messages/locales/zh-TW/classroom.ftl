# 老師與學生在終端機裡讀到的話：作業、評分、繳交，以及答案被關得多牢。

## 說明

help-assignment = 給老師：建立作業、證明檢查正確、發給學生
help-assignment-dir = 作業的資料夾
help-assignment-new = 建立一份能用的小作業，讓你在上面改寫
help-assignment-new-dir = 要建立在哪個資料夾；必須是空的，或還不存在
help-assignment-name = 作業的名稱（不給則用資料夾的名稱）
help-assignment-chapter = 從練習簿這一章的評分題開始（1 到 28）
help-assignment-check = 證明正確的答案每次都通過、錯誤的答案絕不通過
help-assignment-repeats = 參考解答要拿到滿分幾次（不給則為 20）
help-assignment-release = 寫出發給學生的筆記本，不含解答與隱藏測試
help-assignment-collect = 把學生繳交的東西放進 nbgrader 的資料夾
help-assignment-from = 學生繳交的資料夾或 zip 檔
help-assignment-replace = 覆蓋先前收好的筆記本

help-grade = 給老師：評一個班級的筆記本
help-grade-after = `DIR` 裡放 `STUDENT/notebook.ipynb`、每位學生一個 zip 檔，或 nbgrader 的 `submitted`；Moodle 或 Canvas 的 zip 檔可以直接使用。`weft grade forget STUDENT` 會刪除一位學生的資料。
help-grade-assignment = 作業的資料夾
help-grade-submissions = 學生繳交的資料夾或 zip 檔
help-grade-out = 放成績與報告的資料夾
help-grade-jobs = 同時評幾份（不給則每個處理器核心一份）
help-grade-resume = 從評分中斷的地方繼續
help-grade-only = 只評這位學生
help-grade-shard = 只評班上的這一份，例如 2/8；在每部機器上，這一份裡都是同一批學生
help-grade-hand = 人工給的分數，CSV 格式（不給則用 `OUT` 裡的 `hand.csv`，如果有的話）
help-grade-queue = 交給工作者來評，它們從 Redis 或 PostgreSQL 伺服器上的這個佇列取答案，例如 `redis://:PASSWORD@HOST:6379/`
help-trust = 沙箱缺少某一層時仍執行答案；每份報告都會註明

help-merge = 把用 `--shard` 分開評的各份合起來
help-merge-parts = 各份成績的資料夾
help-merge-assignment = 作業的資料夾（不給則用評第一份時的那一個）
help-worker = 在這部機器上評別人用 `weft grade --queue` 放進佇列的答案
help-forget = 從成績、報告與評分紀錄中刪除一位學生的資料
help-forget-student = 誰的資料：資料夾或檔案的名稱，或課程系統給的編號
help-forget-out = 放成績的資料夾（不給則為目前的資料夾）
help-forget-assignment = 作業的資料夾，如果之後搬過位置
help-forget-submissions = 連同這位學生繳交在那裡的東西一起刪除

help-submit = 給學生：把筆記本打包成可以評分的樣子
help-submit-notebook = 你的筆記本
help-submit-out = zip 檔的位置（不給則放在筆記本旁邊）
help-submit-assignment = 必須是哪一份作業
help-submit-incomplete = 即使有題目沒作答也打包
help-submit-no-compile = 打包前不編譯答案

## 建立作業

assignment-made = { $path } 是一份新作業。其中一題已經可以用了，請在上面改寫成你的題目：
assignment-made-notebook = { $path }：你的筆記本，含解答與測試
assignment-made-manifest = { $path }：每一題的分數、檢查與限制
assignment-made-wrong = { $path }：必須退回的答案
assignment-made-right = { $path }：其他必須接受的答案
assignment-made-next = 下一步：`weft assignment check { $path }`

assignment-times = { $times } 次中的 { $times } 次
assignment-found = 第 { $times } 次嘗試的結果：{ $verdict }
assignment-next-reference = 請給參考解答更多時間或記憶體，或讓檢查接受參考解答的做法。
assignment-next-stub = 學生什麼都不寫就會得分：請讓 `{ $task }` 的檢查要求更多。
assignment-next-wrong = 請在 `{ $task }` 的檢查裡加入一個這個答案過不了的問題或規則。如果它是以別的方式失敗，例如 `CompileError`，就把它的第一行寫成 `// verdict: CompileError`。
assignment-next-right = 請讓 `{ $task }` 的檢查接受這個答案；如果它是錯的，就把它移走。
assignment-next-wrong-exists = 請在 `wrong/{ $task }/` 裡寫至少一個錯誤的答案，檔名以 `.rs` 結尾。
assignment-next-all-read = 這個檔案沒有被讀取。解答要放在 `wrong/TASK/` 或 `right/TASK/`，檔名以 `.rs` 結尾；由程式評分的題目：{ $tasks }。請改名，或把它移走。
assignment-by-hand = 有 { $count } 題由人工評分：這些不需要證明。
assignment-proved = { $count } 項證明全部成立。
assignment-released = { $path } 是給學生的：不含解答與隱藏測試。

collected-new = 已收
collected-same = 已經在那裡了，內容相同
collected-kept = 那裡已有另一本筆記本，已保留；用 `--replace` 可以覆蓋
collected-replaced = 已收，取代了原有的筆記本
collected = { $path } 裡有 { $count } 本筆記本。

error-unknown-step = 沒有「{ $name }」這個指令。
error-unknown-step-next = `weft { $parent } --help` 會顯示有哪些。
error-assignment-no-folder = 沒有 { $path } 這個資料夾。
error-assignment-no-folder-next = 請檢查路徑；`weft assignment new { $path }` 會在那裡建立新作業。
error-assignment-no-manifest = { $path } 不是作業：裡面沒有 `assignment.toml`。
error-assignment-no-manifest-next = 請指定 `weft assignment new` 建立的資料夾。
error-assignment-is-file = { $path } 是檔案，而作業是資料夾。
error-assignment-is-file-next = 請指定放著 `assignment.toml` 的資料夾。
error-assignment-manifest = { $line ->
    [0] { $path } 讀不懂。
   *[other] { $path } 的第 { $line } 行讀不懂。
}
error-assignment-manifest-cause = { $kind ->
    [syntax] `{ $found }` 不是 `TOML`：文字要加引號，清單放在方括號裡，每個鍵自成一行。
    [key-twice] `{ $key }` 出現了兩次。
    [unknown] 這裡沒有叫做 `{ $key }` 的東西。可以寫的有：{ $known }。
    [missing] 缺少 `{ $key }`。
    [text] `{ $key }` 是 `{ $found }`；必須是加了引號的文字。
    [truth] `{ $key }` 是 `{ $found }`；必須是 `true` 或 `false`。
    [number] `{ $key }` 是 `{ $found }`；必須是數字。
    [whole] `{ $key }` 是 `{ $found }`；必須是整數。
    [much] `{ $key }` 是 `{ $found }`；必須是整數，或題目帶著的整數，例如 `"arg0"`。
    [texts] `{ $key }` 是 `{ $found }`；必須是文字的清單，例如 `["a", "b"]`。
    [list] `{ $key }` 是 `{ $found }`；必須是方括號裡的清單。
    [table] `{ $key }` 是 `{ $found }`；必須是表格：鍵寫在大括號裡，或寫在方括號標題底下。
    [tables] `{ $key }` 是 `{ $found }`；必須是表格的清單。
    [title] `{ $key }` 是 `{ $found }`；必須是一段文字，或每種語言一段。
    [range] `{ $key }` 是 `{ $found }`；可以是 { $least } 到 { $most }。
    [positive] `{ $key }` 是 `{ $found }`；必須是大於 0 的數字。
    [not-negative] `{ $key }` 是 `{ $found }`；必須是 0 或更大的數字。
    [choice] `{ $key }` 是 `{ $found }`；可以是 { $known }。
    [name] 「{ $found }」不能當作作業的名稱。名稱由英文字母 a 到 z、數字、`_` 與 `-` 組成，最多 100 個字元。
    [tasks] 一份作業有 1 到 { $max } 題，每題各在一個 `[[task]]` 底下。
    [task-twice] 上面已經有題目「{ $task }」了。
    [no-cell] 筆記本裡沒有題目「{ $task }」提到的儲存格「{ $cell }」。儲存格的名稱是中繼資料裡的 `grade_id`。
    [no-answer] 筆記本裡的儲存格「{ $task }」沒有標示為答案。
    [points] 題目「{ $task }」在這裡是 { $here } 分，在筆記本裡是 { $there } 分；兩者必須相同。
    [cell] 筆記本裡的答案儲存格「{ $cell }」不屬於任何 `[[task]]`。
    [no-checks] 題目「{ $task }」有評分程式，卻沒有任何測試。
    [no-cases] 題目「{ $task }」的第 { $check } 項測試沒有 `cases`：它什麼也不會問。
    [order-unsafe] 題目「{ $task }」的第 { $check } 項測試有 `order`，但答案用 `unsafe` 就能偽造紀錄。
    [no-probe] 題目「{ $task }」的第 { $check } 項測試既沒有用 `probe` 提問，也沒有用 `explore` 探索。
    [explores-and-asks] 題目「{ $task }」的第 { $check } 項測試是探索，所以不能有 `probe`、`cases`、`repeats`、`shake_us`、`order` 或 `max_threads`。
    [explores-unsafe] 題目「{ $task }」的第 { $check } 項測試是探索，但答案用 `unsafe` 就能偽造結果。
    [no-main] 題目「{ $task }」的第 { $check } 項測試，其 `main` 裡的程式沒有 `fn main`。
    [nothing-counts] 題目「{ $task }」的第 { $check } 項測試是探索，卻既不計 `failures` 也不計 `same_outputs`：任何答案都會通過。
   *[other] { $reason }
}
error-assignment-manifest-next = 請改正後再試一次；`docs/grading.md` 列出了裡面可以寫什麼。
error-assignment-solutions = { $path } 裡有超過 { $max } 個解答。
error-assignment-solutions-next = 每一種留幾個，其餘移到別處。
error-assignment-no-notebook = 缺少作業的筆記本：{ $path }。
error-assignment-no-notebook-next = 請把它放在那裡；資料夾與檔案的名稱就是 `assignment.toml` 裡的 `name`。
error-assignment-notebook = 無法使用筆記本 { $path }。
error-assignment-notebook-cause = { $reason }
error-assignment-notebook-next = 請在 JupyterLab 開啟，改正那個儲存格並存檔。
error-assignment-not-empty = { $path } 不是空的。
error-assignment-not-empty-next = 請指定還不存在的資料夾：這裡不會覆蓋任何東西。
error-assignment-no-task = 第 { $chapter } 章沒有可以拿來開始的評分題。
error-assignment-no-task-next = 有評分題的章：{ $chapters }。
error-assignment-chapter = 練習簿的這一章無法做成作業：{ $reason }。
error-assignment-chapter-next = 這是 Weft 的錯誤，請回報。`weft assignment new DIR` 不加 `--chapter` 會建立一個小範例。
error-assignment-name = 「{ $name }」不能當作業的名稱。
error-assignment-name-cause = 名稱由英文字母 a 到 z、數字、`_` 與 `-` 組成，最多 100 個字元。
error-assignment-name-next = 請用 `--name` 給一個名稱。
error-assignment-repeats = 「{ $value }」不是重複的次數。
error-assignment-repeats-cause = 可以是 1 到 { $max } 的整數。
error-assignment-repeats-next = 不寫它就是 20 次。
error-assignment-proofs = 有 { $count } 項證明不成立。
error-assignment-proofs-cause = 照現在的樣子，這份作業對某些人會不公平。
error-assignment-proofs-next = 標示為「失敗」的那幾行說明要改什麼。
error-collect = 有 { $count } 份繳交無法讀取。
error-collect-next = 它們那一行說明了原因；其他的都收好了。

## 評分

grade-preparing = 正在準備沙箱與編譯器 ...
grade-trusted = 注意：你說你信任這些學生。沙箱缺少的保護，評他們的每個答案時都缺少，而且每份報告都會註明。
grade-queue-waiting = 還沒有工作者從 { $address } 取工作。請在任何機器上用 `weft grade worker --queue` 啟動幾個；等待中 ...
grade-queue-workers = 工作者同時評 { $jobs } 份，使用 { $toolchain }。
worker-ready = 從 { $address } 取工作，同時 { $jobs } 份。按 Ctrl-C 會在評完手上的之後結束。
worker-lost = 與佇列的連線中斷（{ $reason }）；重試中 ...
worker-done = 評了 { $count } 份。
grading-progress-minutes = { $total } 份中的第 { $done } 份：{ $id }，大約還要 { $minutes } 分鐘
grading-why-not-judged = 無法評這個答案，但這不是答案的錯。

graded = 評了 { $count } 份；這次評的答案：{ $judged }，先前已知的：{ $reused }。
merged = 成績裡共有 { $count } 份。
graded-overview = { $path }：全班一覽
graded-students = { $path }：每位學生一頁
graded-grades = { $path }：給課程系統的分數
graded-moodle = { $path }：給 Moodle 的工作表
graded-points = { $path }：每一題的分數
graded-json = { $path }：全部內容，給程式讀
graded-by-hand = 有 { $count } 個答案等你給分。請填寫 { $open }，另存為 { $hand }，再下一次同樣的指令。
graded-hand-unknown = 警告：{ $path } 給了 { $count } 位沒有繳交的學生分數：{ $students }。這些分數不會計入。請照 `grades.json` 裡的寫法填寫名稱。
graded-passed-over = 警告：繳交裡有 { $count } 個檔案不屬於任何人，沒有評分：{ $files }。筆記本或裝著一本筆記本的 zip 檔，要放在該學生的資料夾裡，或以該學生命名。

error-submissions-absent = 沒有 { $path }。
error-submissions-absent-next = 請指定學生繳交的資料夾或 zip 檔。
error-submissions-unreadable = 無法讀取 { $path }。
error-submissions-unreadable-cause = { error-file-cause }
error-submissions-unreadable-next = 它應該是你可以讀取的資料夾或 zip 檔。
error-submissions-no-archive = { $path } 不是 zip 檔，或已經損壞。
error-submissions-no-archive-next = 請指定學生繳交的資料夾或 zip 檔；如果就是它，請重新下載。
error-submissions-none = { $path } 裡沒有繳交的作業。
error-submissions-none-cause = { $count ->
    [0] 找過的有：`STUDENT/notebook.ipynb`、各含一本筆記本的 zip 檔、Moodle 或 Canvas 的壓縮檔，以及 nbgrader 的 `submitted`。
   *[other] 找過的有：`STUDENT/notebook.ipynb`、各含一本筆記本的 zip 檔、Moodle 或 Canvas 的壓縮檔，以及 nbgrader 的 `submitted`。這裡只有 { $files }。
}
error-submissions-none-next = 資料夾對嗎？學生的資料夾也許在它的上一層或下一層，或者裡面的筆記本屬於別的作業。
error-submissions-too-many = { $path } 裡有超過 { $max } 份繳交。
error-submissions-too-many-next = 請分批評分。
error-grade-out = 無法使用 { $path }。
error-grade-out-cause = { error-file-cause }
error-grade-out-next = 請指定你可以寫入、磁碟還有空間的資料夾；加上 `--resume` 就能在那裡繼續評分。
error-grade-overlap = 結果不能寫入 { $path }：它就是 { $other }，或其中一個在另一個裡面。
error-grade-overlap-next = 請用 `--out` 指定獨立的資料夾；否則結果裡的網頁與筆記本下次會被當成繳交的作業。
error-ledger-busy = 另一個評分正在寫入 { $path }。
error-ledger-busy-next = 請等它結束，或用 `--out` 指定別的資料夾。
error-ledger-version = { $path } 是另一個版本的 Weft 寫的。
error-ledger-version-next = 請用 `--out` 指定別的資料夾；那裡會全部重新評分。
error-ledger-other = { $path } 裡是「{ $found }」的結果，不是「{ $wanted }」的。
error-ledger-other-next = 請用 `--out` 給每份作業各自的資料夾。
error-ledger-damaged = { $path } 已損壞。
error-ledger-damaged-cause = { $reason }
error-ledger-damaged-next = 請用 `--out` 指定別的資料夾；那裡會全部重新評分。
error-grade-unfinished = 寫入 { $path } 的評分中斷了。
error-grade-unfinished-next = 加上 `--resume` 就會繼續：評過的都保留著。
error-grade-no-student = 沒有「{ $student }」的繳交。
error-grade-no-student-next = 學生的名稱就是資料夾或檔案的名稱，或課程系統給的編號。
error-grade-other-part = 「{ $student }」不在班上的 { $part } 這一份裡。
error-grade-other-part-next = 不要寫 `--shard`，或指定這位學生所在的那一份。
error-grade-jobs = 「{ $value }」不是同時進行的數量。
error-grade-jobs-cause = 可以是 1 到 { $max } 的整數。
error-grade-jobs-next = 不寫它就是每個核心一份。
error-grade-shard = 「{ $value }」不是班上的一份。
error-grade-shard-cause = 一份寫成 I/N：第幾份（從 1 起），以及總共幾份，最多 { $max }。
error-grade-shard-next = 例如 `--shard 2/8`。
error-merge-no-grading = { $path } 裡沒有評分結果。
error-merge-no-grading-next = 請給 `weft grade --shard` 用 `--out` 寫出的資料夾。
error-merge-occupied = { $path } 本身就是評分的資料夾，所以不會合併到裡面。
error-merge-occupied-next = 請為 `--out` 換一個資料夾，或把它列為其中一份。
error-merge-twice = { $path } 指定了兩次。
error-merge-twice-next = 每一份只要指定一次。
error-merge-missing = 班上還缺這幾份：{ $parts }。
error-merge-missing-next = 請用 `--shard` 評完，並列出每一份的資料夾。
error-merge-split = { $path } 是 { $found } 這一份，其他資料夾的班級則分成 { $of } 份。
error-merge-split-next = 只列出同一次分法的資料夾。
error-merge-two = 「{ $student }」同時在 { $first } 與 { $path } 裡，而且是兩份不同的筆記本。
error-merge-two-next = 用 `weft grade forget` 拿掉其中一份，再合併一次。
error-merge-compiler = { $path } 是用 { $found } 評的，其他是用 { $wanted }。
error-merge-compiler-cause = 換了編譯器或換了 Weft 版本，判定可能不同。
error-merge-compiler-next = 請用同一版 Weft 與同一個編譯器重評那一份。
error-merge-demands = { $path } 裡的題目「{ $task }」是照別的要求評的，和作業現在的要求不同。
error-merge-demands-next = 請重評那一份，或用當時的作業來合併（`--assignment`）。
error-queue-none = 沒有說佇列在哪裡。
error-queue-none-next = 請用 `--queue` 或變數 { $variable } 指定，例如 `redis://:PASSWORD@HOST:6379/`。
error-queue-address = 佇列的位址不是 Redis 或 PostgreSQL 伺服器的位址。
error-queue-address-cause = 位址要以 `redis://`、`rediss://` 或 `postgres://` 開頭；不支援其他伺服器。
error-queue-address-next = 例如 `redis://:PASSWORD@HOST:6379/` 或 `postgres://USER:PASSWORD@HOST/DATABASE`。
error-queue-silent = 無法使用 { $address } 的佇列。
error-queue-silent-cause = { $reason }
error-queue-silent-next = 那裡有伺服器在執行嗎？這部機器連得到嗎？可以用 `redis-cli -h HOST ping` 或 `pg_isready -h HOST` 試試看。
error-queue-denied = { $address } 的佇列不讓這個使用者進入。
error-queue-denied-cause = { $reason }
error-queue-denied-next = 請檢查位址裡的使用者與密碼。密碼裡的 `@` 要寫成 `%40`，`/` 寫成 `%2F`，`%` 寫成 `%25`。
error-queue-database = { $address } 沒有這個資料庫。
error-queue-database-cause = { $reason }
error-queue-database-next = 請在那裡為位址中的使用者建立資料庫：`createdb --owner=USER DATABASE`。
error-queue-tables = 無法在 { $address } 建立佇列的資料表。
error-queue-tables-cause = { $reason }
error-queue-tables-next = 請給佇列一個專用的資料庫，並由它的使用者擁有：`createdb --owner=USER DATABASE`。PostgreSQL 必須是第 13 版或更新的版本，並有 `hstore` 擴充套件。
error-queue-tls = 與 { $address } 的連線無法加密。
error-queue-tls-cause = { $reason }
error-queue-tls-next = 位址裡的名稱必須是伺服器憑證裡的名稱。如果憑證是由你自己的憑證機構簽發，請說明該機構的憑證在哪裡：`SSL_CERT_FILE=ca.pem`，PostgreSQL 也可以在位址裡寫 `sslrootcert=ca.pem`。
error-queue-mixed = 工作者並不一致：一個是 { $one }，另一個是 { $other }。
error-queue-mixed-cause = 同一個答案可能得到兩種評判。
error-queue-mixed-next = 請在所有機器上使用同樣的編譯器與同樣的沙箱層；`weft doctor` 會顯示這兩者。
error-queue-weft = 有個工作者用 { $theirs } 評判，而這裡是 { $ours }。
error-queue-weft-cause = 同一個答案可能得到不同的評判。
error-queue-weft-next = 請在所有機器上安裝同一版 Weft，再重新啟動工作者。
error-queue-trusting = 有一個工作者的沙箱缺少某一層，卻仍執行答案。
error-queue-trusting-next = 請在那部機器上修好（`weft doctor` 會說明做法）。如果你像信任自己一樣信任這些學生，這裡也請加上 `--i-trust-these-students`。
error-grade-stopped = 已依你的要求停止；評完的都保留著。
error-grade-stopped-next = 要繼續時，下同樣的指令並加上 `--resume`。
error-grade-internal = 有 { $count } 個答案無法評，錯在我們，不在學生。
error-grade-internal-cause = { $answers }
error-grade-internal-next = 請再下一次同樣的指令重試，或在 { $path }/hand.csv 裡用人工給分。在那之前不會扣任何人的分數。
error-hand-too-large = { $path } 超過 { $limit } MB。
error-hand-too-large-next = 它應該是 CSV 檔，欄位為 `student`、`task`、`points`、`comment`，就像 `hand-open.csv`。
error-hand-line = { $path } 的第 { $line } 行讀不懂。
error-hand-line-cause = { $kind ->
    [encoding] 編碼不是 UTF-8。請在試算表軟體裡存成「CSV UTF-8」。
    [column] 第一行沒有欄位 `{ $name }`。
    [fields] 這一行有 { $found } 個欄位，第一行有 { $wanted } 個。含有分隔符號的欄位請加上引號。
    [task] 這份作業沒有題目「{ $name }」。
    [points] 「{ $given }」不是 0 到 { $max } 之間的分數。
   *[twice] 「{ $student }」的題目「{ $name }」已經有分數了。
}
error-hand-line-next = 請改正那一行再試一次；目前還沒有評任何東西。
error-grade-toolchain = 這裡無法編譯答案。
error-grade-toolchain-cause = { $reason }
error-grade-toolchain-next = `weft doctor` 會顯示缺少什麼。
error-grade-no-compiler = Rust 編譯器無法啟動：{ $program }。
error-grade-no-compiler-cause = { error-file-cause }
error-grade-no-compiler-next = 請從 https://rustup.rs 安裝 Rust，再開一個新的終端機；`weft doctor` 會檢查這部機器。
error-grade-no-linker = 沒有 C 編譯器，而 Rust 要用它來連結。
error-grade-no-linker-next = 請安裝一個（Debian 與 Ubuntu：`apt install gcc`）；`weft doctor` 會檢查這部機器。
error-grade-temporary = 在暫存資料夾 { $path } 裡無法準備任何東西。
error-grade-temporary-cause = { error-file-cause }
error-grade-temporary-next = 請清出空間，或在環境變數裡指定別的資料夾：`TMPDIR=DIR weft grade ...`
error-grade-library = 無法準備這份作業的答案可以使用的程式庫。
error-grade-library-cause = { $reason }
error-grade-library-next = 請連上網路一次、騰出空間，然後再試；{ $path } 裡的東西會重新產生，可以刪除。`weft doctor` 會檢查 Rust 工具鏈。

error-sandbox-bubblewrap = 這裡無法把學生的程式關起來：缺少 { $layers }。
error-sandbox-bubblewrap-next = 請安裝它（Debian 與 Ubuntu：`apt install bubblewrap`）。如果你像信任自己一樣信任這些學生，請加上 `--i-trust-these-students`。
error-sandbox-forbidden = 這裡無法把學生的程式關起來：系統不讓 bubblewrap 運作。
error-sandbox-forbidden-cause = { $reason }
error-sandbox-forbidden-next = 請允許 bubblewrap 使用使用者命名空間（做法見 `docs/grading.md`）。如果你像信任自己一樣信任這些學生，請加上 `--i-trust-these-students`。
error-sandbox-kernel = 這裡無法把學生的程式關起來：Linux 缺少 { $layers }。
error-sandbox-kernel-next = 請使用 Linux 5.13 或更新的版本，並開啟這些層。如果你像信任自己一樣信任這些學生，請加上 `--i-trust-these-students`。
error-sandbox-holes = 這裡有東西逃得出沙箱：{ $holes }。
error-sandbox-holes-next = 請附上 `weft doctor` 的輸出回報這件事。如果你像信任自己一樣信任這些學生，請加上 `--i-trust-these-students`。
error-sandbox = 沙箱在這裡無法運作。
error-sandbox-cause = { $reason }
error-sandbox-next = `weft doctor` 會逐層試驗。

## 忘記一位學生

forgotten = 已忘記「{ $student }」：評分紀錄、成績、總覽與報告裡都沒有了。
forgotten-file = 已刪除：{ $path }
forgotten-still-in = 筆記本還在 { $path } 裡，無法從中取出。請自行刪除那個檔案。
forgotten-left = { $path } 還在，裡面有不是筆記本的檔案。請自行刪除，否則下次評分又會找到這位學生。
forgotten-handed-in = 學生繳交的東西還在 { $path }。加上 `--submissions` 與這個路徑，就會把其中屬於這位學生的部分也刪除。
error-forget-no-grading = { $path } 裡沒有成績。
error-forget-no-grading-cause = { error-file-cause }
error-forget-no-grading-next = 請用 `--out` 指定放成績的資料夾。
error-forget-unknown = { $path } 裡沒有「{ $student }」的任何資料。
error-forget-unknown-next = 學生的名稱就是資料夾或檔案的名稱，或課程系統給的編號；`grades.json` 列出了所有人。

## 繳交

submit-compiling = 正在編譯你的答案；不會執行其中任何東西 ...
submit-packed = { $path } 可以繳交了：作業 { $assignment }，{ $total } 題中答了 { $count } 題。
submit-open = 沒有作答：{ $tasks }。
error-submit-absent = 沒有 { $path } 這本筆記本。
error-submit-absent-next = 請檢查路徑；先在 JupyterLab 把筆記本存檔。
error-submit-over = { $path } 就是筆記本本身，zip 檔會蓋掉它。
error-submit-over-next = 請用 `--out` 給 zip 檔另一個名稱，或不要寫它。
error-submit-out = 無法寫入 { $path }。
error-submit-out-cause = { error-file-cause }
error-submit-out-next = 請用 `--out` 指定一個 zip 檔，放在你可以寫入的資料夾、還有空間的磁碟上。
error-submit-unreadable = { $path } 不能繳交。
error-submit-unreadable-cause = { $reason }
error-submit-unreadable-next = 請在 JupyterLab 開啟、存檔，再試一次。
error-submit-no-assignment = { $path } 不是作業的筆記本。
error-submit-no-assignment-next = 請把答案寫在老師發的筆記本裡。
error-submit-other-assignment = 這是「{ $found }」這份作業，不是「{ $wanted }」。
error-submit-other-assignment-next = 請指定正確的筆記本，或不要寫 `--assignment`。
error-submit-untouched = `{ $task }` 這一題還沒有作答。
error-submit-untouched-next = 請作答、存檔，再試一次；用 `--incomplete` 會照現在的樣子打包。
error-submit-task = `{ $task }` 這一題這樣無法評分。
error-submit-task-cause = { $reason }
error-submit-task-next = 請在 JupyterLab 改正、存檔，再試一次。
error-submit-compile = `{ $task }` 這一題在評分時會無法編譯。
error-submit-compile-cause = { $reason }
error-submit-compile-next = 答案要能獨立存在：只有它自己的儲存格與發給它的儲存格裡的內容才算數。用 `--no-compile` 仍會打包。
error-submit-compiler = 這裡無法編譯你的答案。
error-submit-compiler-cause = { $reason }
error-submit-compiler-next = `weft doctor` 會顯示缺少什麼；用 `--no-compile` 會不經編譯就打包。

## 醫生

doctor-user-namespaces = 沙箱：使用者命名空間
doctor-landlock = 沙箱：Landlock
doctor-landlock-next = 只有 `weft grade` 需要：啟用 Landlock 的 Linux 5.13 或更新版本。
doctor-seccomp = 沙箱：seccomp
doctor-seccomp-next = 只有 `weft grade` 需要：有系統呼叫過濾器的 Linux。
doctor-bubblewrap = 沙箱：bubblewrap
doctor-bubblewrap-next = 只有 `weft grade` 需要：`apt install bubblewrap`，以及允許它使用使用者命名空間的系統。
doctor-cgroup = 沙箱：控制群組
doctor-cgroup-counted = 記憶體與行程由系統計算
doctor-cgroup-measured = 沒有委派；改為不時測量記憶體與行程
doctor-escapes = 沙箱：逃脫的嘗試
doctor-escapes-next = 除非信任學生，否則 `weft grade` 在這裡不會執行任何東西。
doctor-escapes-held = 試了 { $count } 種，全都失敗
doctor-escapes-holes = { $count } 種嘗試中，這些逃出去了：{ $holes }
