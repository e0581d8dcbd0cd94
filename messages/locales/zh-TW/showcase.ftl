# `weft serve` 的網頁與這個命令本身所說的話。

help-serve = 以網頁顯示練習
help-serve-addr = 要監聽的位址（不給則為 127.0.0.1:8080）
help-serve-name = 這個伺服器在代理伺服器後面的名稱；只有本機能直接連到它時，以其他名稱提出的請求會被拒絕
help-serve-behind-proxy = 前面有代理伺服器：以它的 `X-Forwarded-For` 中最後一個位址區分讀者
help-serve-runs = 同時執行多少個練習（不給則為 24）；其餘的排隊等候
serve-ready = 練習顯示在 { $url }。按 Ctrl-C 結束。
serve-open-to-all = 凡是能連到 { $address } 的人，都能在那裡啟動練習。
serve-ended = 已經沒有任何東西在執行。
serve-other-name = 這個伺服器沒有這個名稱。如果應該有，請用 `weft serve --name HOST` 啟動。
error-serve = 無法顯示網頁。
error-serve-cause = { $reason }
error-serve-next = `weft doctor` 會檢查這部機器。
error-serve-address = 無法在 { $address } 顯示網頁。
error-serve-address-cause =
    { $kind ->
        [taken] 那裡已有另一個程式在監聽。
        [elsewhere] 這部機器沒有那個位址。
        [denied] 你沒有在那裡監聽的權限：1024 以下的連接埠屬於系統管理員。
       *[other] { $reason }
    }
error-serve-address-next = 請用 `--addr` 選另一個位址，例如 `--addr 127.0.0.1:8081`。

## 每一頁的外框
serve-name = Weft
serve-title = 執行緒與行程：練習
serve-lead = 每個練習都真的啟動執行緒或行程，並說明各行的哪些順序有保證，哪些只是運氣。
serve-skip = 跳到內容
serve-language = 語言
serve-menu = 所有練習
serve-search = 搜尋
serve-search-button = 尋找
serve-found = { $count ->
   *[other] 找到 { $count } 個練習
}
serve-found-label = 找到的練習數：
serve-found-none = 沒有名稱含有這些字的練習。
serve-series-s1 = 執行緒
serve-series-s2 = 行程
serve-series-s3 = 等待或計算，以及六個版本的 `UptimeSquirrel`
serve-series-s4 = 程式、洗碗與擦乾、`future`、綠色執行緒、仲介
serve-series-s5 = 共享資料的行程
serve-series-s6 = 執行緒的工具
serve-series-s7 = 行程的工具
serve-choose = 請選一個練習：
serve-not-found = 沒有這個頁面。

## 練習
serve-exercise = 前往練習
serve-picture = 圖
serve-picture-summary = 錄下的一次典型執行
serve-inputs = 輸入
serve-wrong = 無法執行：
serve-more-inputs = 還可以選的
serve-shake = 每次呼叫程式庫時加入最多這麼多毫秒（0 到 1000）的隨機延遲：有保證的順序依然成立，碰運氣的順序會亂掉
serve-stop = 停止
serve-lost = 執行結束之前連線就斷了。請再執行一次。
serve-output = 輸出
serve-output-none = 請按「執行」：各行一印出就會出現在這裡，最後是這次執行的時間軸。
serve-possible = 還可能發生什麼
serve-possible-lead = 一次執行只呈現事件的一種順序。探索器已在模型中以較小的數量，把每個情境按所有可能的順序演練過；做不到之處會直接說明。
serve-possible-one = 可能的輸出恰好只有一種。
serve-possible-exactly = 可能的不同輸出恰好有 { $count } 種。
serve-possible-too-many = 不同的輸出太多，無法計數。
serve-possible-it = 就是這個輸出
serve-possible-some = 其中幾種，彼此差異盡可能大
serve-possible-orders = 有保證：永遠是這個順序，以及原因
serve-possible-order = 「{ $before }」先於「{ $after }」：{ $cause }
serve-possible-luck = 碰運氣或看時間：有時這個先，有時那個先
serve-possible-pair = 「{ $one }」與「{ $other }」
serve-possible-likely-fails = 只是很可能：`{ $rule }` 可能不成立。
serve-possible-likely-holds = 標為「很可能」，但數量這麼小時，沒有什麼能打破它：`{ $rule }`。
serve-possible-likely-open = 只是很可能，而且未判定：`{ $rule }`。
serve-possible-sampled = 未證明：可能的順序比試過的還多。這裡不列出任何內容，因為那可能不是全部。
serve-possible-bounded = 未證明：有些執行必須中途截斷。這裡不列出任何內容，因為那可能不是全部。
serve-possible-lacks = 未探索：它用到{ $what }，而探索器沒有這種東西的模型。請加上隨機延遲多執行幾次，看看有什麼不同。
serve-possible-lacks-sockets = 通訊端
serve-possible-again = 在終端機中：`{ $line }`
serve-explanation = 說明
serve-guaranteed = 每次執行都有保證
serve-likely = 只是很可能
serve-error-scenario = 沒有情境「{ $value }」。
serve-error-scenario-next = 請選 1 到 { $last } 之一。
serve-error-range = 「{ $value }」不能作為 { $name } 的值。
serve-error-range-next = 請選一個從 { $min } 到 { $max } 的整數。
serve-error-seed = 「{ $value }」不能作為種子。
serve-error-seed-next = 請選大於或等於 0 的整數，或留空。
serve-error-json = 「{ $value }」不能作為 { $name } 的值。
serve-error-json-next = 要 JSON 請選 1，要網頁請選 0。
serve-error-twice = { $name } 給了兩次。
serve-error-twice-next = 請只給一次。
serve-error-parameter = 練習 { $id } 沒有參數「{ $name }」。
serve-error-parameter-next = 它接受：{ $allowed }。

## 一次執行
serve-waiting = { $count ->
    [0] 下一個就是這次執行。
   *[other] 前面還有 { $count } 次執行。
}
serve-busy = { $count ->
   *[other] 等候的執行太多。請在 { $count } 秒後再試。
}
serve-busy-own = { $count ->
   *[other] 從你的位址開始的執行太多；其他人仍可開始執行。請在 { $count } 秒後再試。
}
serve-done = 執行在 { $time } 後結束。
serve-timed-out = 執行時間太長，已被結束。
serve-stopped-time = 執行時間太長，已被結束。
serve-stopped-output = 執行印出的內容超過可容納的量，已被結束。
serve-stopped-memory = 執行用了太多記憶體，已被結束。
serve-stopped-threads = 執行啟動了太多執行緒，已被結束。
serve-stopped-abandoned = 執行已停止。
serve-stopped-closing = 伺服器正在關閉，所以執行被結束。
serve-stopped-failed = 執行失敗。{ $reason }
serve-order = 順序
serve-result = 最終的值
serve-this-run = 這次執行的專屬頁面
serve-this-json = 這次執行的 JSON
serve-run-gone = 這次執行已不再保留。

## 課堂的房間
serve-room = 房間
serve-room-lead = 在房間裡，老師把同一頁給所有人看：房間裡每個人都以自己的語言看到同一次執行。
serve-room-name = 房間名稱
serve-room-enter = 進入
serve-room-open = 開新房間
serve-room-yours = 你的房間：{ $room }
serve-room-unknown = 沒有這個名稱的房間。
serve-room-full = 房間太多，或這個房間的讀者太多。請稍後再試。
serve-room-not-yours = 只有開房間的那個瀏覽器能在裡面顯示東西。
serve-room-title = 房間 { $room }
serve-room-leads = 這是你的房間。請把名稱告訴全班：{ $room }。然後選一個練習，在那裡按「為房間執行」。
serve-room-waiting = 還沒有顯示任何東西。這一頁會自己更新。
serve-room-shows = 正在顯示練習 { $id }：{ $title }
serve-room-frame = 房間裡顯示的內容
serve-room-run = 為房間執行

## 給程式用的位址
serve-docs = 給程式用的位址
serve-docs-lead = 每個練習都有位址。加上 `Json=1`，回答是一份 JSON 文件；不加則是網頁。不給 `scenario` 就不執行任何東西。
serve-docs-read = 閱讀全部
serve-docs-try = 試試看
serve-docs-send = 送出
serve-docs-name = 名稱
serve-docs-values = 值
serve-docs-about = 意義
serve-docs-forms = 回答的格式
serve-docs-q = 要在練習名稱中搜尋的字
serve-docs-tag = 一個練習；回答會帶到它的頁面
serve-docs-run = 執行的名稱，如其頁面所示；最新的執行會被保留
serve-docs-json = 1 為一份 JSON 文件，0 為網頁
serve-docs-200 = 文件或網頁。
serve-docs-400 = 有參數不對；回答會說是哪一個、為什麼，以及它接受什麼。
serve-docs-429 = 等候的執行太多；`Retry-After` 說明何時再試。
