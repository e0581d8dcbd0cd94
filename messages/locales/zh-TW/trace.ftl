# `weft trace`: the timeline of any program.

help-trace = 執行任何程式，並顯示它的執行緒與行程做了什麼
help-trace-after = 輸入、輸出與結束碼都是程式自己的（若被訊號終止，則為 128 加上訊號編號）。只有無法執行時才不同：呼叫方式有誤為 2，這部機器缺少東西為 3。沒有指定檔案時，程式結束後會以文字把時間軸寫到標準錯誤輸出。
help-trace-timeline = 把時間軸畫到這個檔案
help-trace-json = 把 JSON 文件寫入這個檔案
help-trace-program = 程式與它的引數，最好放在 `--` 之後

error-trace = 在這裡無法追蹤這個程式。
error-trace-cause = { $reason }
error-trace-next = `weft doctor` 會檢查這部機器。
error-trace-start = 無法啟動 { $program }。
error-trace-start-cause = { $reason }
error-trace-start-next = 請確認不用 `weft trace` 時它能執行。
error-trace-missing = 沒有名為「{ $program }」的程式。
error-trace-missing-next = 請給出路徑，例如 `./{ $program }`，或是 `PATH` 中某個資料夾裡的名稱。
error-trace-no-file = 沒有 { $program } 這個檔案。
error-trace-no-file-next = 請檢查程式的路徑。
error-trace-not-executable = { $program } 不是可以執行的程式。
error-trace-not-executable-next = 如果它應該是程式，`chmod +x { $program }` 可以讓它能執行。
error-trace-static = 無法追蹤 { $program }。
error-trace-static-cause = 它是靜態連結的：直接與系統溝通，中間無法放入任何東西。
error-trace-static-next = 請改用動態連結建置：Rust 的 `gnu` 目標預設就是如此。
error-trace-foreign = 無法追蹤 { $program }。
error-trace-foreign-cause = 它是為另一種機器建置的。
error-trace-foreign-next = 請為這部機器建置。
error-trace-rights = 無法追蹤 { $program }。
error-trace-rights-cause = 它以另一位使用者的權限執行；系統不允許在這種程式前面載入程式庫。
error-trace-rights-next = 請追蹤一份屬於你的副本：副本沒有這種權限。
error-trace-nothing = 程式執行了，但什麼都沒看到。
error-trace-nothing-cause = 它可能是在空的環境或自己的容器裡啟動的。
error-trace-nothing-next = 請直接追蹤裡面的程式。
