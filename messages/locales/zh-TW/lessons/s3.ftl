# 系列 3

## s3e1

s3e1-title = 等待型的工作：睡一秒
s3e1-scenario-1 = 一個接一個
s3e1-scenario-2 = 每個工作者各用一條執行緒
s3e1-scenario-3 = 每個工作者各用一個行程
s3e1-note-1 = 有保證：工作者依序出現，全都在同一個行程、同一條執行緒內，總時間至少是每個工作者一秒。另外兩個情境就拿這個時間來比較。
s3e1-note-2 = 有保證：只有一個行程識別碼，每個工作者各有自己的執行緒；印出時間的那一行在最後，因為每條執行緒都 join 過。總時間大約一秒，只是很可能。睡著的執行緒不需要處理器，也不握著鎖，所以就算有 Python 的直譯器鎖也行得通（試試 `gil=1`）。常見的錯誤：以為系統在執行緒之間切換時，會把它們結束再重新啟動；它們只是在等。
s3e1-note-3 = 有保證：每個工作者各有自己的行程識別碼，沒有一個與主程式相同。Python 中常見的錯誤：寫成 `target=only_sleep()`，多了括號。這會在父行程裡為每個工作者呼叫一次函式，再把傳回的東西當成要做的事交給行程。
s3e1-line-work = 行程識別碼：{ $value_pid }，行程名稱：{ $value_process }，執行緒名稱：{ $value_thread }
s3e1-line-elapsed = 時間：{ $value } 毫秒

## s3e2

s3e2-title = 計算型的工作：一直數到上限
s3e2-scenario-1 = 一個接一個
s3e2-scenario-2 = 每個工作者各用一條執行緒
s3e2-scenario-3 = 每個工作者各用一個行程
s3e2-note-1 = 有保證：每個工作者都依序數到上限，全都在同一個行程、同一條執行緒內。要花多久只看機器，沒有任何時間是有保證的。
s3e2-note-2 = 有保證：每個工作者在自己的執行緒裡數到上限，全都在同一個行程內。在 Rust 中，執行緒像行程一樣共用處理器的各個核心。設 `gil=1` 時，它們共用一把每 5 毫秒轉手一次的鎖，就像 `CPython`：這時用執行緒並不比一個接一個快。常見的錯誤：說執行緒從不平行執行（只有帶著那把鎖的 `CPython` 是這樣；自由執行緒版的 Python 沒有這把鎖），或說這把鎖會讓程式安全。它保護的是直譯器，不是你的資料，也防不了死結。
s3e2-note-3 = 有保證：每個工作者在自己的行程裡數到上限。設 `gil=1` 時，每個行程各有自己的直譯器鎖，誰也不必等誰：這就是 Python 的計算程式要用行程的原因。常見的錯誤：只量一次就歸納出規則。機器忙碌時，用行程甚至可能更慢。
s3e2-line-count = 行程識別碼：{ $value_pid }，行程名稱：{ $value_process }，執行緒名稱：{ $value_thread }，數到 { $value_count }
s3e2-line-elapsed = 時間：{ $value } 毫秒

## s3e3

s3e3-title = `UptimeSquirrel`：這個網站正常嗎？
s3e3-scenario-1 = 網站正常
s3e3-scenario-2 = 網站回應錯誤狀態碼（400 以上）
s3e3-scenario-3 = 沒有及時回應、連線被拒、找不到主機
s3e3-note-1 = 有保證：回應的狀態碼小於 400 的網站就算正常，不會通知任何人。檢查用 `HEAD` 詢問，這樣不會傳回內容。第二個網站不懂 `HEAD`，回應 405；於是改用 `GET` 再問一次，結果正常。常見的錯誤：把這種網站當成故障，發出誤報。
s3e3-note-2 = 有保證：狀態碼 400 以上就算故障，站長恰好收到一次通知，這裡用的是 `webhook`：向站長指定的網址送出 `POST`。405 或 501 也可能只是不接受 `HEAD`，所以會改用 `GET` 再問一次；這個網站連 `GET` 也不接受。常見的錯誤：用沒人會看到的等級寫一行日誌，就當作通知。
s3e3-note-3 = 有保證：三種狀況各有各的名稱，第一種要花完整個時限。常見的錯誤：每種錯誤都寫成「逾時」。連線被拒與名稱錯誤立刻就知道，而且站長對每一種要做的處理都不同。
s3e3-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e3-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e3-line-notify = 已通知 { $value_address } 的站長

## s3e4

s3e4-title = `UptimeSquirrel`：一個接一個檢查
s3e4-scenario-1 = 一份清單：大多正常，有幾個故障
s3e4-scenario-2 = 所有網站都正常
s3e4-scenario-3 = 有個網站慢到超過時限
s3e4-note-1 = 有保證：每個網址恰好檢查一次，依清單的順序，總時間至少是所有回應與所有通知加起來（一次回應 0.1 秒，一次通知 0.5 秒）。這段時間處理器什麼也沒做，只是在等：所以後面幾個版本會更快。
s3e4-note-2 = 有保證：依清單的順序，而且不會通知任何人。總時間是所有回應加起來。常見的錯誤：在網際網路上各跑一次來比較兩個版本。第一次要多花查詢名稱的時間，而網站每次回應的快慢也不同；在回應固定的測試伺服器上，比較才公平。
s3e4-note-3 = 有保證：一個始終不回應的網站，會讓後面的網站全都多等一整個時限，因為做事的只有一條線。沒有時限的請求會永遠等下去。
s3e4-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e4-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e4-line-notify = 已通知 { $value_address } 的站長
s3e4-line-total = { $value_up } 個正常，{ $value_down } 個故障
s3e4-line-elapsed = 時間：{ $value } 毫秒

## s3e5

s3e5-title = `UptimeSquirrel`：執行緒與佇列
s3e5-scenario-1 = 沒有人關閉佇列：工作者自己永遠不會結束
s3e5-scenario-2 = 放入最後一個網址後關閉佇列
s3e5-scenario-3 = 一件有毒的工作
s3e5-note-1 = 有保證：每個網址恰好檢查一次；佇列依清單的順序發放，所以同一個工作者拿到的號碼遞增。所有工作做完後，工作者仍在等下一件；這裡主程式過一秒看一下，報告情況，再關閉佇列。常見的錯誤：讓工作者跑無窮迴圈，於是程式印出時間之後永遠不結束。
s3e5-note-2 = 有保證：放入最後一件工作的人關閉佇列；佇列關閉而且空了，工作者就結束；主程式 join 所有工作者。回應的先後全看運氣。
s3e5-note-3 = 有保證：做不成的工作會回報失敗，它的工作者繼續做下去，其他網址都會檢查。常見的錯誤：只捕捉預期的那種錯誤。其他任何錯誤都會讓工作者結束，它的工作永遠不會回報完成，等佇列做完的人就永遠等下去。
s3e5-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e5-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e5-line-notify = 已通知 { $value_address } 的站長
s3e5-line-failed = { $value_address } 無法檢查
s3e5-line-blocked = 還有 { $value } 個工作者在等永遠不會來的工作
s3e5-line-total = { $value_up } 個正常，{ $value_down } 個故障
s3e5-line-elapsed = 時間：{ $value } 毫秒

## s3e6

s3e6-title = `UptimeSquirrel`：`Future`
s3e6-scenario-1 = 執行緒池
s3e6-scenario-2 = 只有一個工作者的池
s3e6-scenario-3 = 有 16 個工作者的池
s3e6-note-1 = 有保證：每個網址恰好檢查一次，同時進行的絕不多於工作者的數目，總數由各個 `future` 的結果算出。常見的錯誤：等所有 `future` 完成，卻從不看結果。這樣工作裡的錯誤會無聲無息地消失。
s3e6-note-2 = 有保證：依清單的順序，時間至少是全部加起來，因為唯一的工作者一件接一件地做。只有一個工作者的池，就是零件比較多的循序程式。
s3e6-note-3 = 有保證：最多同時進行 16 項檢查，所以至少需要全部時間總和的十六分之一。常見的錯誤：相信加速的倍數可以超過工作者的數目。`future` 與「執行緒加佇列」用的是同樣的執行緒；檢查同樣的網站，花的時間也一樣。
s3e6-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e6-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e6-line-notify = 已通知 { $value_address } 的站長
s3e6-line-total = { $value_up } 個正常，{ $value_down } 個故障
s3e6-line-elapsed = 時間：{ $value } 毫秒

## s3e7

s3e7-title = `UptimeSquirrel`：行程池
s3e7-scenario-1 = 行程池
s3e7-scenario-2 = 只有一個工作行程的池
s3e7-scenario-3 = 有 16 個工作行程的池
s3e7-note-1 = 有保證：每個網址恰好檢查一次，每個工作行程都印出自己的行程識別碼，結果依清單的順序傳回。常見的錯誤：只寫 `map_async(...).wait()` 而沒有 `get()`。`wait()` 不會把工作行程的錯誤轉交出來，只有 `get()` 會。Python 中還有一個：沒有寫 `__main__` 防護，在以 `spawn` 產生行程的系統上，每個工作行程都會把整個程式重新跑起來。
s3e7-note-2 = 有保證：只有一個行程識別碼，依清單的順序，時間至少是全部加起來。
s3e7-note-3 = 有保證：最多 16 個行程識別碼。這種工作就是等待，等待不需要處理器：行程在這裡帶來的好處，執行緒全都有，而且啟動行程的代價更高。
s3e7-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e7-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e7-line-notify = 已通知 { $value_address } 的站長
s3e7-line-total = { $value_up } 個正常，{ $value_down } 個故障
s3e7-line-elapsed = 時間：{ $value } 毫秒

## s3e8

s3e8-title = `UptimeSquirrel`：綠色執行緒
s3e8-scenario-1 = 只有網路是非同步的
s3e8-scenario-2 = 全部都是非同步的
s3e8-scenario-3 = 沒有一樣是非同步的
s3e8-note-1 = 有保證：所有任務都在同一條執行緒上執行。等網路時會讓其他任務執行，但通知裡的半秒停頓不會：它讓大家都停下來，所以全部通知至少要花它們的時間總和。在 Python 中，這就是只用 `patch_socket()` 而沒有 `patch_all()`。常見的錯誤：任務裡有一個阻塞的呼叫。
s3e8-note-2 = 有保證：只有一條執行緒，同時進行的檢查絕不多於任務的數目，每個網址恰好一次。網路與停頓都會讓其他任務執行。常見的錯誤：說綠色執行緒的順序永遠相同。純計算時是這樣；在這裡，順序由網路的回應決定。
s3e8-note-3 = 有保證：依清單的順序，一次只檢查一個，時間至少是全部加起來，儘管有好幾個任務。從不以非同步方式等待的任務，也從不讓別的任務執行。Python 中常見的錯誤：太晚才 `patch`，送出請求的模組早已匯入。
s3e8-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e8-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e8-line-notify = 已通知 { $value_address } 的站長
s3e8-line-total = { $value_up } 個正常，{ $value_down } 個故障
s3e8-line-elapsed = 時間：{ $value } 毫秒

## s3e9

s3e9-title = `UptimeSquirrel`：任務佇列
s3e9-scenario-1 = 有一個工作者在執行
s3e9-scenario-2 = 沒有啟動工作者：任務留在佇列裡
s3e9-scenario-3 = 沒有地方放結果：做完了，但沒人知道結果如何
s3e9-note-1 = 有保證：每個任務都由另一個行程恰好做一次，主程式從佇列的伺服器讀取結果，而不是從工作者。裝有 `redis-server` 時，佇列是真正的 `Redis`，否則是一個 `SQLite` 檔案。常見的錯誤：用另一個模組的名稱啟動工作者；它等的就是另一個名稱的任務。
s3e9-note-2 = 有保證：即使沒有人會做，把任務放進佇列還是會成功；主程式再問時，所有任務都還在。常見的錯誤：把「已接受」當成「已完成」。
s3e9-note-3 = 有保證：工作者做完每個任務，站長也收到通知，但主程式無從得知結果：只有設定了存放的地方，結果才會保留。常見的錯誤：忘了設定結果的存放處，然後等著要結果。
s3e9-line-queue = { $value ->
    [redis] 佇列是 `Redis`
   *[sqlite] 佇列是 `SQLite` 檔案，因為沒有安裝 `redis-server`
}
s3e9-line-queued = 佇列中有 { $value } 個任務
s3e9-line-waiting = 佇列中還有 { $value } 個任務：沒有工作者來取
s3e9-line-up = { $value_address } 正常（狀態碼 { $value_status }）
s3e9-line-down = { $value_why ->
    [timed-out] { $value_address } 故障：沒有及時回應
    [refused] { $value_address } 故障：連線被拒
    [bad-name] { $value_address } 故障：找不到這部主機
    [failed] { $value_address } 故障：請求失敗
   *[status] { $value_address } 故障：狀態碼 { $value_why }
}
s3e9-line-notify = 已通知 { $value_address } 的站長
s3e9-line-unknown = { $value } 個任務已完成；結果不明
s3e9-line-total = { $value_up } 個正常，{ $value_down } 個故障
s3e9-line-elapsed = 時間：{ $value } 毫秒
