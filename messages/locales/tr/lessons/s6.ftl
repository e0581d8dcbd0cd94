# Dizi 6

## s6e1

s6e1-title = Bir iş parçacığına bakmak: adı, kimliği, canlı mı?
s6e1-scenario-1 = Ana program bir iş parçacığına, o çalışırken ve bittikten sonra bakar
s6e1-scenario-2 = Farklı zamanlarda biten üç iş parçacığı
s6e1-scenario-3 = Tutamaç, iş parçacığı başlamadan önce, çalışırken ve bittikten sonra ne bilir?
s6e1-note-1 = Garanti: ana program yukarı doğru sayar; ana iş parçacığının adı bir kez değişir ve öyle kalır. İş parçacığının ilk bakışta canlı, ikincisinde bitmiş olması uykuların işidir. Sık yapılan iki yanlış: iş parçacıklarının hiçbir zaman aynı anda çalışmadığına inanmak (genel kilidiyle CPython için doğru, Rust için değil) ve etkin iş parçacıklarının belli bir sayıda olmasına güvenmek: bir defterin kendi iş parçacıkları da vardır.
s6e1-note-2 = Garanti: etkin iş parçacığı sayısı hiç artmaz, çünkü üçü de ilk bakıştan önce başlatılmıştır ve yeniden başlayan olmaz. Bu sayının ilk bakışta 4, ikincide 3 olması yalnızca olasıdır: uykulara bağlıdır. Bir iş parçacığının kimliği hiç değişmez ve hiçbir zaman başkasına verilmez.
s6e1-note-3 = Garanti: başlamadan önce canlı değil, olayı beklerken canlı, join'den sonra canlı değil. Tutamaç, iş parçacığından uzun yaşar: ad ve kimlik yine okunabilir. Sık yapılan yanlış: “canlı mı?” diye sorup yanıta göre davranmak; arada bitmiş olabilir. Bunu yalnızca join kesinleştirir.
s6e1-line-tick = [{ $who }] çalışıyor, adım { $value }
s6e1-line-current = geçerli iş parçacığı: { $value }
s6e1-line-active = etkin iş parçacıkları: { $value }
s6e1-line-list = bütün iş parçacıkları: { $value }
s6e1-line-alive = { $value_alive ->
    [true] { $value_thread } canlı
   *[false] { $value_thread } canlı değil
}
s6e1-line-identity = { $value_thread }, kimliği { $value_id }
s6e1-line-name = ana iş parçacığının adı: { $value_name }
s6e1-line-renamed = ana iş parçacığının yeni adı: { $value_name }
s6e1-line-status = { $value_when ->
    [before] Başlamadan önce: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
    [running] Olayı beklerken: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
   *[ended] join'den sonra: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
}

## s6e2

s6e2-title = Bir iş parçacığı listesini beklemek
s6e2-scenario-1 = Tutamaçlar atılır
s6e2-scenario-2 = Bütün tutamaçlar bir listede, join son başlatmadan sonra
s6e2-scenario-3 = join, iş parçacıklarını başlatan döngünün içinde
s6e2-note-1 = Garanti: her iş parçacığı bütün turlarını yazar, çünkü program sonunda bütün iş parçacıklarını bekler. “bitiş”in ilk gelmesi yalnızca olasıdır. Sık yapılan yanlış: iş parçacıklarını tutamaçlarını saklamadan başlatmak; o zaman onları kimse bekleyemez ve yalın Rust'ta main'in bitmesi onları öldürür.
s6e2-note-2 = Garanti: “bitiş” son satırdır, çünkü ana program listedeki her iş parçacığı için join çağırmıştır; bu yüzden toplam en uzununkinden kısa olamaz, büyük olasılıkla çok daha uzun da sürmez, çünkü bütün iş parçacıkları aynı anda çalışır. 0 numaralı iş parçacığının turu yoktur ve bir şey yazmaz.
s6e2-note-3 = Garanti: önce 1 numaralı iş parçacığının bütün satırları, sonra 2 numaralınınkiler ve böyle sürer. Sık yapılan yanlış: her başlatmadan hemen sonra join çağırmak. O zaman her iş parçacığı kendinden öncekinin bitmesini bekler, hiçbir şey aynı anda çalışmaz ve toplam, en az hepsinin toplamı kadar sürer.
s6e2-line-round = [{ $who }] tur { $value }
s6e2-line-finish = bitiş

## s6e3

s6e3-title = Arka plan iş parçacıkları: onları kimse beklemez
s6e3-scenario-1 = Arka planda değil: program onu bekler
s6e3-scenario-2 = Arka planda: program bitince kesilir
s6e3-scenario-3 = Başlamadan önce arka plana alınır, başladıktan sonra artık geç
s6e3-note-1 = Garanti: bütün turlar “program sona erdi”den önce yazılır, çünkü program sonunda arka planda (daemon) olmayan her iş parçacığını bekler. “bitiş”in ilk turdan sonra gelmesi yalnızca olasıdır.
s6e3-note-2 = Garanti: “program sona erdi”den sonra hiçbir tur gelmez ve iş parçacığını kimse beklemez: kaç tur yapabildiği şanstır, büyük olasılıkla bir. Sık yapılan yanlış: arka plan iş parçacığına dosya yazdırmak ya da bağlantı tutturmak; tam ortasında kesilebilir.
s6e3-note-3 = Garanti: bir iş parçacığının arka planda olup olmayacağına başlamadan önce karar verilebilir; sonrası reddedilir. Gerisi 2. senaryodaki gibidir: görülen turlar ilk turlardır ve sıralıdır, program sona erdikten sonra hiçbiri gelmez.
s6e3-line-round = [{ $who }] tur { $value }
s6e3-line-refused = Çok geç: iş parçacığı zaten başlatıldı
s6e3-line-finish = bitiş
s6e3-line-over = program sona erdi

## s6e4

s6e4-title = Birçok iş parçacığı, tek bir sayaç
s6e4-scenario-1 = Kilit yok: oku, durakla, yaz
s6e4-scenario-2 = Elle alınıp bırakılan kilit, içinde uzun bir duraklama
s6e4-scenario-3 = Bloğun sonunda bırakılan kilit, içinde kısa bir duraklama
s6e4-note-1 = Sık yapılan yanlış: ortak bir sayıyı okumak, 1 eklemek ve geri yazmak. İki iş parçacığı aynı sayıyı okur, ikisi de aynı sonraki sayıyı yazar ve bir güncelleme yiter. Garanti olan yalnızca toplamın hiçbir zaman fazla çıkmamasıdır. Yalın Rust, kilitsiz ortak bir sayıyı derlemez; burada iki adımda okunup yazılan atomik bir sayı vardır, bu da aynı yanlışın başka bir kılığıdır.
s6e4-note-2 = Garanti: 1, 2, 3 diye süren sayılar, her biri bir kez ve bu sırayla; çünkü okumak, eklemek ve yazmak kilit tutulurken olur. Hangi sayıyı hangi iş parçacığının yazdığı garanti değildir. Duraklama kilidin içindedir, bu yüzden iş parçacıkları birbiri ardına bekler ve toplam, en az bütün duraklamaların toplamı kadar sürer.
s6e4-note-3 = 2. senaryodaki garantinin aynısı. Kilit, koruyucusu (guard) kapsamdan çıkınca bırakılır; erken bir dönüşte de panikte de böyledir, bunu kimsenin düşünmesi gerekmez. Sık yapılan yanlış: kilidi tutarken uyumak ya da ağı beklemek; o zaman öteki iş parçacıklarının hepsi de bekler.
s6e4-line-count = [{ $who }] saydı: { $value }
s6e4-line-total = Sonunda: { $value }

## s6e5

s6e5-title = Kimsenin bırakmadığı kilit
s6e5-scenario-1 = Bir kilit
s6e5-scenario-2 = Yeniden girilebilir kilit
s6e5-scenario-3 = Kim yeniden alabilir, kim bırakabilir?
s6e5-note-1 = Garanti: iki iş parçacığından biri kilidi alır, öteki boşuna bekler, birincisi bittikten sonra bile: kilit, onu tutanın gittiğini bilmez. Kilidi hangisinin alacağı şanstır; büyük olasılıkla 1 numaralı iş parçacığı alır. Burada beklemeyi bir zaman aşımı sınırlar; o olmasa bekleme sonsuza dek sürerdi. Rust'ta koruyucu kilidi kendiliğinden bırakır; bunu görmek için koruyucuyu bile bile unutmak (`mem::forget`) gerekir.
s6e5-note-2 = Garanti: yeniden girilebilir kilidi alan iş parçacığı onu ikinci kez hemen alır, öteki boşuna bekler. Sık yapılan yanlış: teker teker çalışması gereken kodun yeniden girilebilir bir kilit istediğine inanmak. Bunu sıradan bir kilit de yapar; yeniden girilebilir olmak yalnızca tutanın bir daha girebilmesi demektir.
s6e5-note-3 = Garanti: sıradan kilit, onu tutanı da bekletir; Python'un Lock'u gibi sahipsiz bir kilidi herhangi bir iş parçacığı bırakabilir ve bir kez fazla bırakmak reddedilir; yeniden girilebilir kilit, tutanı yeniden içeri alır. Mutex ya da ReentrantLock koruyucusu başka bir iş parçacığına hiç gönderilemez: derleyici programı reddeder.
s6e5-line-locking = { $who } kilidi istiyor
s6e5-line-locked = { $who } kilidi aldı
s6e5-line-again = { $who } kilidi ikinci kez aldı
s6e5-line-blocked = { $who } boşuna bekledi
s6e5-line-released = { $who } kilidi bıraktı
s6e5-line-refused = { $who } kilidi bırakamaz: onu tutan kimse yok
s6e5-line-held = İki iş parçacığı da bitti; kilit { $value_locked ->
    [true] hâlâ tutuluyor
   *[false] boşta
}

## s6e6

s6e6-title = Zamanlayıcı (Timer): sonra yapılacak bir iş
s6e6-scenario-1 = Ana programın yanında bir zamanlayıcı
s6e6-scenario-2 = İptal edilen bir zamanlayıcı
s6e6-scenario-3 = Arka planda bir zamanlayıcı: onu kimse beklemez
s6e6-note-1 = Garanti: zamanlayıcı hiçbir zaman erken tetiklenmez, ana program da zamanlayıcı da bütün satırlarını yazar ve “bitiş” en sondadır. İkisi aynı ana denk gelirse hangisinin önce olacağı belli değildir; ana programın beş satırının önce gelmesi, duraklamalar yüzünden olasıdır.
s6e6-note-2 = Garanti: iptal (cancel) zamanında yetiştiğini söylerse zamanlayıcı hiç tetiklenmez; yetişmediğini söylerse çoktan tetiklenmiştir. Bu duraklamalarla yetişir. Sık yapılan yanlış: hiç başlatılmamış bir zamanlayıcıyı iptal edip sessizliği başarı saymak. Burada başlatılmamış bir zamanlayıcı olamaz.
s6e6-note-3 = Garanti: “bitiş”ten sonra hiçbir şey gelmez. Zamanlayıcı arka planda (daemon) çalışır; program onu beklemez ve sonunda keser. Zamanlayıcının kaç satır yazabildiği şanstır.
s6e6-line-main = main: { $value }
s6e6-line-test = Deneme { $value }
s6e6-line-cancel = { $value_in_time ->
    [true] Zamanında iptal edildi
   *[false] İptal için çok geç: zamanlayıcı tetiklendi
}
s6e6-line-finish = bitiş

## s6e7

s6e7-title = İş parçacığına özel değerler
s6e7-scenario-1 = İki iş parçacığı aynı adı kullanır, bir yardımcı işlev onu okur
s6e7-scenario-2 = Her iş parçacığı kendi adını kullanır
s6e7-scenario-3 = Bir iş parçacığı sözlük, öteki liste tutar
s6e7-note-1 = Garanti: her iş parçacığı kendi atadığı değeri okur, oysa biri bile okumadan ikisi de değerini atamıştır. Atamayla okuma arasındaki bariyer bunun şans olmadığını kanıtlar. 1 numaralı iş parçacığının 2 numaralıdan önce okuması yalnızca olasıdır: 2 numaralı, okumadan önce duraklar.
s6e7-note-2 = Garanti: bir iş parçacığının atadığı değer öteki için yoktur. Sık yapılan yanlış: iş parçacığına özel bir değeri birinde atayıp başkasında aramak.
s6e7-note-3 = Garanti: her iş parçacığı kendi değerini okur. Python'da ikisinin türü ne olursa olsun olabilir; Rust'ta tür, program derlenirken bellidir; bu yüzden “sözlük ya da liste” iki durumlu bir enum'dur.
s6e7-line-set = { $who } değer atıyor: { $value_name } = { $value_value }
s6e7-line-read = { $who } okuyor: { $value_name } = { $value_value }
s6e7-line-missing = { $who } bulamıyor: { $value }

## s6e8

s6e8-title = İş parçacığına özel değerler: ana program da bir iş parçacığıdır
s6e8-scenario-1 = Her iş parçacığı kendi atadığı adı okur
s6e8-scenario-2 = Ana program okur: onda yalnızca başlangıç değeri vardır
s6e8-scenario-3 = Ana program, başlangıç değerinin olmadığı yerde okur
s6e8-note-1 = Garanti: öteki önceden ne atamış olursa olsun, her iş parçacığı kendi adını okur. Farklı iş parçacıklarının satırlarının sırası yalnızca olasıdır.
s6e8-note-2 = Garanti: iki iş parçacığı da kendi değerini atamış ve hâlâ canlıyken ana program başlangıç değerini okur. Sık yapılan yanlış: iş parçacığına özel bir değeri bir iş parçacığında atayıp ana programda bulmayı ummak.
s6e8-note-3 = Garanti: başlangıç değeri yoksa, ana programın kendisi bir değer atayana dek orada okunacak bir şey yoktur. Python'da bu bir AttributeError'dır; burada ise programın ilgilenmesi gereken bir hatadır. Sık yapılan yanlış: çıkan herhangi bir hatayı kanıt saymak; hatanın ne dediğine bakın.
s6e8-line-set = { $who } değer atıyor: { $value }
s6e8-line-read = { $who } okuyor: { $value }
s6e8-line-missing = { $who } hiçbir şey atamadı: değer yok

## s6e9

s6e9-title = Sınırlı semafor: içeride en çok izin sayısı kadar
s6e9-scenario-1 = Tek bir iş parçacığı, tekrar tekrar
s6e9-scenario-2 = İzinden çok iş parçacığı
s6e9-scenario-3 = İki katı iş parçacığı, daha kısa kalışlar
s6e9-note-1 = Garanti: iş parçacığı her seferinde izin alır, çünkü başka isteyen yoktur; tek bir iş parçacığı sınırı hiç göstermez. Sondaki garanti: alınandan bir fazlasını bırakmak reddedilir. “Sınırlı” bu demektir; sıradan bir semaforun sessizce bir izni fazla olurdu.
s6e9-note-2 = Garanti: içeride hiçbir zaman izin sayısından çok iş parçacığı bulunmaz ve sonunda bütün izinler geri gelir. İş parçacıklarının numara sırasıyla, dalga dalga gelmesi yalnızca olasıdır. Sık yapılan yanlış: bir iş parçacığı bitince yer açılır demek. Yer, izin bırakılınca açılır.
s6e9-note-3 = Aynı garantiler, iki katı iş parçacığıyla. Toplam, en az bir kalışın dalga sayısıyla çarpımı kadar sürer. Sık yapılan yanlış: semaforu kuyruk sanmak; sonraki izni kimin alacağına söz verilmez.
s6e9-line-enter = [{ $who }] içeride
s6e9-line-leave = [{ $who }] çıkıyor
s6e9-line-refused = Bir fazla bırakma reddedildi: { $value } iznin hepsi zaten burada

## s6e10

s6e10-title = Bariyer: herkes gelmeden kimse geçmez
s6e10-scenario-1 = Hepsi aynı anda gelir
s6e10-scenario-2 = Her biri kendi süresi kadar sonra gelir
s6e10-scenario-3 = Biri gelmez
s6e10-note-1 = Garanti: her “başladı”, bütün “bariyeri geçti”lerden önce gelir. Duraklama olmadan birinin beklediği pek görülmez, ama bariyer yine de tutar. Sık yapılan yanlış: bir duraklama hesaplayıp uyumayı unutmak.
s6e10-note-2 = Garanti: en yavaşı gelmeden kimse geçmez, bu yüzden toplam en az en uzun duraklama kadar sürer. Kimin ne zaman geldiğini rastgele süreler belirler; varışların sırası bu yüzden yalnızca olasıdır.
s6e10-note-3 = Garanti: bir iş parçacığının süresi dolar, bu bariyeri bozar ve ötekilerin hepsi sonsuza dek beklemek yerine bir hata alır. Kimse geçmez. Bariyer sıfırlanana dek bozuk kalır. Sık yapılan yanlış: bariyerde zaman aşımı olmadan beklemek; yolda başarısız olan tek bir iş parçacığı o zaman ötekilerin hepsini durdurur.
s6e10-line-arrive = { $who } başladı
s6e10-line-pass = { $who } bariyeri geçti
s6e10-line-timed_out = { $who } çok bekledi ve vazgeçiyor
s6e10-line-broken = { $who } bariyeri bozuk buluyor
s6e10-line-reset = Bariyer yeniden sağlam

## s6e11

s6e11-title = Olay (Event): iş parçacıklarının beklediği bir bayrak
s6e11-scenario-1 = Olayı kimse işaretlemez
s6e11-scenario-2 = Bir kez işaretlenen olay işaretli kalır
s6e11-scenario-3 = Bütün işleyiciler tek bir olayı bekler
s6e11-note-1 = Garanti: olay işaretlenmemiştir ve her iş parçacığı boşuna bekler; burada beklemeyi bir zaman aşımı sınırlar, o olmasa sonsuza dek sürerdi. Sık yapılan yanlış: ana programın da beklediğini sanmak. Yalnızca wait() çağıran iş parçacığı bekler.
s6e11-note-2 = Garanti: olay bir kez işaretlenince, biri işareti silene dek her bekleme hemen döner, birincisi de üçüncüsü de. Sık yapılan yanlış: beklemenin olayı tükettiğini ya da olayla yalnızca tek bir iş parçacığının uyandırılabileceğini sanmak.
s6e11-note-3 = Garanti: ana program hepsini başlatmadan ve hepsi hazırlanmadan hiçbir işleyici resmini göndermez, çünkü ana program olayı işaretlemeden önce varışları sayar. Sık yapılan yanlış: bunun yerine etkin iş parçacıklarını saymak: ana program ve defterin iş parçacıkları da sayılır, bu yüzden koşul ya çok erken doğru olur ya da hiç.
s6e11-line-wait = [{ $who }] olayı bekliyor
s6e11-line-blocked = [{ $who }] boşuna bekledi
s6e11-line-active = etkin iş parçacıkları: { $value }
s6e11-line-list = bütün iş parçacıkları: { $value }
s6e11-line-state = { $value_set ->
    [true] Olay işaretli
   *[false] Olay işaretli değil
}
s6e11-line-pass = [{ $who }] geçti, bekleme { $value }
s6e11-line-prepare = [{ $who }] resmini hazırlıyor
s6e11-line-started = İş parçacığı { $value } başlatıldı
s6e11-line-sent = [{ $who }] resmini gönderdi

## s6e12

s6e12-title = Koşul değişkeni (Condition) ve olay
s6e12-scenario-1 = Koşul değişkeni: her onuncu sayıda bir bildirim
s6e12-scenario-2 = Olay: bir kez işaretlenir, işareti hiç silinmez
s6e12-scenario-3 = Beklemeden önceki bildirim yiter; herkese tek bir bildirim
s6e12-note-1 = Garanti: bildirim sayısı kadar haber ve hiçbir haber kendi bildiriminden önce değil; çünkü bildirimler kilit altında sayılır ve bekleyen, beklemeden önce sayıya bakar. Sık yapılan yanlış: bakmadan beklemek. Koşul değişkeninin bir değeri yoktur; kimsenin beklemediği bildirim unutulur ve bekleyen sonsuza dek uyur.
s6e12-note-2 = Garanti: olay işaretlenmeden önce hiçbir haber verilmez. Sonrasında bekleyen bir daha hiç beklemez, çünkü işareti silen yoktur: kendi duraklaması ne kadar izin verirse o kadar sık bildirir. Kaç haber verildiği şanstır, büyük olasılıkla birden çok. Sık yapılan yanlış: olayın kendiliğinden “işaretli değil”e döneceğini ummak.
s6e12-note-3 = Garanti: kimsenin beklemediği bir koşul değişkenine verilen bildirim yiter ve sonraki bekleme zaman aşımına uğrar; önceden işaretlenmiş bir olay ise sonraki beklemeyi geçirir. Herkese verilen tek bir bildirim bütün bekleyenleri uyandırır. Sık yapılan yanlış: birkaç iş parçacığı aynı şeyi beklerken yalnızca birine bildirmek.
s6e12-line-count = { $who }: { $value }
s6e12-line-notify = { $who ->
    [counter] { $who }: { $value } sayısında bildirim
   *[main] { $who }: kimsenin beklemediği bir koşul değişkenine bildirim
}
s6e12-line-event = { $who }: haber { $value }
s6e12-line-set = { $who } olayı işaretliyor
s6e12-line-lost = { $who }: bildirim yitti, bekleme boşunaydı
s6e12-line-passed = { $who }: olay önceden işaretlenmişti, beklemek gerekmedi
s6e12-line-notify_all = { $who }: herkese bildirim
s6e12-line-woken = { $who } uyandı
