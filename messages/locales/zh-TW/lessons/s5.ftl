# 系列 5

## s5e1

s5e1-title = 兩個行程：立方與平方
s5e1-scenario-1 = 兩個都啟動，再等兩個都結束
s5e1-scenario-2 = 等第一個結束，再啟動第二個
s5e1-scenario-3 = 不等待就印出「完成」
s5e1-note-1 = 有保證：「完成」在最後，因為主程式先 join 兩個行程才印出它。立方與平方誰先，全看運氣。常見的錯誤：以為 join 的時候主程式會繼續做事；join 會讓主程式停住，直到那個行程結束。
s5e1-note-2 = 有保證：立方、平方、「完成」，因為主程式每次都先 join 那個行程，才執行下一行。沒有任何事情同時進行，所以總時間至少是兩次停頓加起來，很可能是前面的兩倍左右。
s5e1-note-3 = 印出「完成」之前沒有人等待，所以它可能出現在任何位置，通常在最前面。有保證的只是三行都會出現，以及最後兩個行程都已結束：主程式印完之後，還是會回收它們。
s5e1-line-cube = 立方：{ $value }
s5e1-line-square = 平方：{ $value }
s5e1-line-done = 完成

## s5e2

s5e2-title = 行程識別碼，以及誰還活著
s5e2-scenario-1 = 主程式、p1 與 p2 的識別碼
s5e2-scenario-2 = 啟動前、執行中、結束後是否存活
s5e2-scenario-3 = 誰是父行程？
s5e2-note-1 = 有保證：主程式先印出自己的識別碼；主程式知道的行程識別碼，就是那個行程自己印出的；join 之後兩個都不在。兩個行程的輸出，與主程式這段時間印出的，先後不定。
s5e2-note-2 = 有保證：啟動前與 join 後不在，其間存活，因為兩個行程都會等主程式問完。常見的錯誤：沒有約好會合點就去問；短命的行程可能還沒被問到就結束了。
s5e2-note-3 = 這裡由 p1 啟動 p2。有保證：p1 的父行程是主程式，p2 的父行程是 p1。只有父行程能等待行程結束，所以 p1 自己結束之前先 join p2。
s5e2-line-pid = 主程式的行程識別碼是 { $value }
s5e2-line-worker = { $who } 的行程識別碼是 { $value_pid }，父行程是 { $value_parent }
s5e2-line-child = { $value_name } 已啟動，行程識別碼 { $value_pid }
s5e2-line-finished = 兩個行程都結束了
s5e2-line-alive = { $value_when ->
    [before] { $value_name } 啟動前：{ $value_alive ->
        [true] 存活
       *[false] 不在
    }
    [running] { $value_name } 執行中：{ $value_alive ->
        [true] 存活
       *[false] 不在
    }
   *[joined] { $value_name } join 後：{ $value_alive ->
        [true] 存活
       *[false] 不在
    }
}

## s5e3

s5e3-title = 共享記憶體中的一個值與一個陣列
s5e3-scenario-1 = 子行程寫入共享記憶體
s5e3-scenario-2 = 子行程寫入自己的複本
s5e3-scenario-3 = 兩個寫入者，有保護與沒有保護
s5e3-note-1 = 有保證：join 之後，主程式讀到 3.1415927 與 0、-1、-2……，因為這個值與陣列放在兩個行程都看得到的記憶體裡，而 join 讓子行程的寫入先於主程式的讀取。
s5e3-note-2 = 有保證：主程式看到的仍是 0 與原來的數字。新行程得到的是所有變數的複本；它改了什麼，別人都看不到。常見的錯誤：把這當成程式故障，或者根本沒注意到。
s5e3-note-3 = 有保證：用鎖，或用一個原子加法，就什麼也不會遺失。分成讀取、加、寫回三步，就會遺失另一個行程在中間寫入的東西；遺失多少全看運氣，有時一個也沒少。
s5e3-line-value = { $who } 看到的值：{ $value }
s5e3-line-array = { $who } 看到的陣列：[{ $value }]
s5e3-line-add = { $value_how ->
    [steps] { $who } 分開幾步，加了 { $value_adds } 次
    [locked] { $who } 握著鎖，加了 { $value_adds } 次
   *[atomic] { $who } 用原子操作，加了 { $value_adds } 次
}
s5e3-line-total = { $value_how ->
    [steps] 分開幾步：應為 { $value_wanted }，得到 { $value_total }
    [locked] 握著鎖：應為 { $value_wanted }，得到 { $value_total }
   *[atomic] 原子操作：應為 { $value_wanted }，得到 { $value_total }
}

## s5e4

s5e4-title = 管理器：字典與串列，住在專屬的行程裡
s5e4-scenario-1 = 子行程修改兩者，主程式讀取
s5e4-scenario-2 = 字典裡的串列：改複本，與就地修改
s5e4-scenario-3 = 兩個子行程修改同一個字典與同一個串列
s5e4-note-1 = 有保證：主程式看得到子行程的修改，因為兩者問的是同一個伺服器行程，字典與串列都歸它所有，而且主程式在 join 之後才問。鍵保持放入的順序。代價是：每次存取都是一則送到伺服器再送回來的訊息，比共享記憶體慢很多倍。常見的錯誤：用普通的字典；子行程改的是自己的複本，主程式看到的是空的。
s5e4-note-2 = 有保證：從伺服器取出來的是複本，改它不會動到伺服器那一份，直到放回去為止；透過代理物件就地修改的串列，則是所有人立刻都看到。常見的錯誤：取出內層的串列，改了，卻忘了放回去。
s5e4-note-3 = 有保證：沒有任何修改會遺失，因為伺服器一次只做一個指令：附加的數字全都在串列裡，同一個子行程的數字遞增，總數也正確。兩個子行程如何穿插，全看運氣。常見的錯誤：讀取一個數、加一、再寫回；這是兩個指令，另一個子行程可能插在中間。加法必須是一個指令。
s5e4-line-change = { $who }（行程 { $value_pid }）修改管理器（行程 { $value_server }）的物件
s5e4-line-dict = 字典：{ $value_content }
s5e4-line-list = 串列：{ $value_content }
s5e4-line-copy = { $who } 改了自己的複本；伺服器上仍是 { $value_content }
s5e4-line-assign = { $who } 把複本放回去；伺服器上是 { $value_content }
s5e4-line-proxy = { $who } 就地修改串列；伺服器上是 { $value_content }
s5e4-line-append = { $who } 附加了 { $value }

## s5e5

s5e5-title = 用行程池算平方
s5e5-scenario-1 = 每個處理器核心一個工作者的池（或由你指定幾個）
s5e5-scenario-2 = 只有一個工作者的池
s5e5-scenario-3 = 有兩個工作者的池
s5e5-note-1 = 有保證：平方的串列在最後出現，而且依輸入的順序；不同的行程識別碼絕不多於工作者的數目。哪個工作者拿到哪個數全看運氣，手腳快的可能全包。常見的錯誤：以為行程池會把一個運算拆開，分給所有核心。它分發的是輸入；每個輸入只由一個行程處理。
s5e5-note-2 = 有保證：只有一個行程識別碼，數字依輸入的順序，因為沒有別人來拿。只有一個工作者的池，就是一個照著清單做完的行程。
s5e5-note-3 = 有保證：最多兩個行程識別碼；不論有幾個工作者，平方的串列都相同。工作者的數目改變的是時間，絕不是結果。
s5e5-line-work = 處理 { $value_input } 的工作行程識別碼：{ $index }
s5e5-line-result = { $value }
