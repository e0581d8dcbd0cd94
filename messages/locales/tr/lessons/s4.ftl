# Dizi 4

## s4e1

s4e1-title = Başka bir programın yazdığı metin
s4e1-scenario-1 = `date` programının metni
s4e1-scenario-2 = Programa bir argüman: `date -u`
s4e1-scenario-3 = Art arda iki program: `date -u | wc`
s4e1-note-1 = Garanti: sonundaki satır sonu olmadan tek bir metin ve çıkış kodu 0; metin ancak program bitince hazırdır. Ne dediği makineye, saatine ve diline bağlıdır. Sık yapılan yanlış: bunu işletim sistemi modülünün (Python'da `os`) yaptığını sanmak; bu, alt süreçler modülünün işidir (burada `Subprocess`).
s4e1-note-2 = Garanti: `-u` ayrı bir argüman olarak ulaşır ve metin, evrensel saatle tek bir satırdır. Komutu hiçbir kabuk okumaz; program doğrudan başlatılır.
s4e1-note-3 = Garanti: 1 satır ve 6 sözcük, çünkü sistemden yalın dilini isteriz (`LC_ALL=C`). Bayt sayısı (29) dile bağlıdır. İki programı bir boru birleştirir, ikisi aynı anda çalışır ve `date` kendi ucunu kapattığı için `wc` biter. Sık yapılan yanlış: yalnızca `|` yazabilmek için koca bir kabuk başlatmak.
s4e1-line-command = $ { $value }
s4e1-line-output = { $value }
s4e1-line-counts = { $value_lines } satır, { $value_words } sözcük, { $value_bytes } bayt

## s4e2

s4e2-title = Bir programı çağırmanın üç yolu
s4e2-scenario-1 = Yazdığı baytlar
s4e2-scenario-2 = Çıkış kodu ve metni
s4e2-scenario-3 = Yalnızca çıkış kodu, metin ekrana gider
s4e2-note-1 = Garanti: baytlar yazıldıkları gibidir, sonda satır sonu (bayt 10) ile. Bayt henüz metin değildir: hangi harflere karşılık geldikleri kodlamaya bağlıdır.
s4e2-note-2 = Garanti: çıkış kodu 0 ve sonundaki satır sonu olmadan metin, ikisi de program bittikten sonra. Sık yapılan yanlış: yalnızca metne bakıp çıkış koduna hiç bakmamak; başarısız olan bir program da bir şeyler yazmış olabilir.
s4e2-note-3 = Garanti: metin, çıkış kodu dönmeden önce görünür, çünkü çağrı programın bitmesini bekler. Sık yapılan yanlış: bu çağrının sonucunun metin olacağını sanmak; sonuç bir sayıdır, başarıda 0.
s4e2-line-command = $ { $value }
s4e2-line-bytes = { $value_count } bayt; sonuncusu { $value_last }
s4e2-line-answer = çıkış kodu { $value_code }, metin: { $value_text }
s4e2-line-screen = { $value }
s4e2-line-code = çıkış kodu { $value }

## s4e3

s4e3-title = Kabuk mu, argüman listesi mi?
s4e3-scenario-1 = Kabuğun okuduğu tek bir metin
s4e3-scenario-2 = Argüman listesi, kabuk yok
s4e3-scenario-3 = Başarısız programlar, tehlikeli bir argüman, olmayan bir program
s4e3-note-1 = Garanti: çıktı ve çıkış kodu 0. Kabuk metni boşluklardan ayırır ve programı bulur. Burada kullanılmasının nedeni, onu adıyla istemiş olmamızdır.
s4e3-note-2 = Garanti: kabukla olduğu gibi aynı çıktı ve aynı çıkış kodu. Listenin her öğesi, içinde ne olursa olsun, tek bir argümandır ve kabuk başlatılmaz.
s4e3-note-3 = Garanti: 3 ile biten program 3 verir, 9 numaralı sinyalle bitirilen -9 verir; var olmayan bir program ise bunu söyleyen bir hatadır. `a; exit 7`, listenin bir öğesi olarak zararsız bir argümandır; kabuk aynı harflerden iki komut çıkarır ve 7 ile biter. Sık yapılan yanlış: kullanıcının yazdığından bir kabuk komutu kurmak.
s4e3-line-run = { $value_by ->
    [shell] kabuk: { $value_command } -> çıkış kodu { $value_code }, çıktı “{ $value_output }”
   *[list] liste: { $value_command } -> çıkış kodu { $value_code }, çıktı “{ $value_output }”
}
s4e3-line-missing = { $value }: böyle bir program yok

## s4e4

s4e4-title = Ben kimim? Süreçler
s4e4-scenario-1 = Hepsi başlar, arada kimse beklenmez
s4e4-scenario-2 = Sonraki başlamadan önce her süreci beklemek
s4e4-scenario-3 = Hepsini bekle, sonra bir son satır
s4e4-note-1 = Garanti: ana programın satırı ilktir, çünkü hiçbir şey başlamadan yazılır; her alt süreç bir kez yazar, kendi süreç kimliği vardır ve üst süreci ana programdır. Alt süreçlerin sırası şanstır. Sık yapılan yanlış: süreçlerin satırlarını sonda topluca verdiğini sanmak; satırlar yazıldıkça gelir.
s4e4-note-2 = Garanti: önce ana program, sonra alt süreç 0, alt süreç 1 ve böyle sürer; çünkü sonraki başlamadan önce her biri için join çağrılır. Bedeli: aynı anda yalnızca biri yaşar.
s4e4-note-3 = Garanti: “hepsi bitti” son satırdır, çünkü ondan önce her alt süreç için join çağrılır. Alt süreçlerin sırası yine şanstır. Sık yapılan yanlış: bir defterden süreç başlatılamayacağını sanmak; burada başlatılır.
s4e4-line-whoami = Ben { $who }, süreç kimliğim { $value_pid }, üst sürecim { $value_parent }
s4e4-line-done = hepsi bitti

## s4e5

s4e5-title = Durmayan bir süreci bitirmek
s4e5-scenario-1 = Sonlandır ve nasıl bittiğini sorma
s4e5-scenario-2 = Sonlandır, join çağır ve çıkış kodunu oku
s4e5-scenario-3 = terminate'i umursamayan inatçı bir süreç
s4e5-note-1 = Garanti: sayılar sırayla ve boşluksuz gelir, “son”dan sonra hiç sayı gelmez, çünkü ana program o zamana dek alt süreç için join çağırmıştır. Her saniye bir sayı gelmesi yalnızca olasıdır. terminate'ten hemen sonra alt süreç hâlâ canlı olabilir. Sık yapılan yanlış: join'i unutmak; o zaman alt sürecin bittiği yalnızca bir umuttur ve sistem onun için ölü bir kayıt tutar.
s4e5-note-2 = Garanti: çıkış kodu -15 (15 numaralı sinyalle bitirildi) ve ondan sonra hiç sayı yok. Sık yapılan yanlış: bir süreci sonlandırıp nasıl bittiğini hiç okumamak.
s4e5-note-3 = Garanti: alt süreç terminate'ten sonra hâlâ canlıdır, çünkü o sinyali umursamaz; kill (9 numaralı sinyal) görmezden gelinemez, bu yüzden çıkış kodu -9'dur. Önce isteyin, sonra sınırlı bir süre bekleyin, sonra zorlayın. Sık yapılan yanlış: terminate için güvenli demek; süreç o anda bir kilidi tutuyor ya da bir dosyayı yarım yazmış olabilir.
s4e5-line-start = { $who ->
    [main] Ben main, süreç kimliğim { $value }
   *[loopy] Ben loopy, süreç kimliğim { $value }
}
s4e5-line-honk = { "    " }Sayı { $value }/100. Düüt!
s4e5-line-terminate = main: sonlandırıyor (terminate)
s4e5-line-alive = { $value_alive ->
    [true] main: hâlâ canlı
   *[false] main: bitti
}
s4e5-line-kill = main: zorla bitiriyor (kill)
s4e5-line-ended = çıkış kodu { $value }
s4e5-line-over = son

## s4e6

s4e6-title = Komut olarak işlevler
s4e6-scenario-1 = Yanlış yazılmış bir ad
s4e6-scenario-2 = Düzeltilmiş ad
s4e6-scenario-3 = Komutların listesi ve olmayan bir komut
s4e6-note-1 = Garanti: çıkış kodu 1 ve saat hiç gösterilmez. Değer `time_str` adıyla saklanır, `timestr` adıyla sorulur; ad tablosuna ancak o satır çalışınca bakılır, bu yüzden yanlış da ancak o zaman ortaya çıkar. Python her değişkene böyle davranır. Rust'ta yanlış yazılmış bir değişken derlenmez: “cannot find value `timestr` in this scope”.
s4e6-note-2 = Garanti: saat bir kez gösterilir ve çıkış kodu 0'dır. Komut, bir adla kaydedilmiş bir işlevdir; kendi sürecinde çalışır. Sık yapılan yanlış: bir işlevi yazmanın onu çalıştırdığını sanmak; komutu birinin çağırması gerekir.
s4e6-note-3 = Garanti: komutlar kaydedildikleri sırayla gelir. Bilinmeyen bir ad için hiçbir şey başlatılmaz; hata, ona en çok benzeyen komutun adını verir.
s4e6-line-call = $ { $value }
s4e6-line-missing = “{ $value }” adı tanımlı değil
s4e6-line-time = Saat: { $value }
s4e6-line-ended = çıkış kodu { $value }
s4e6-line-list = komut: { $value }
s4e6-line-unknown = “{ $value_name }” diye bir komut yok; “{ $value_near }” mi demek istediniz?

## s4e7

s4e7-title = Bulaşıkçılar: süreçler
s4e7-scenario-1 = Bir kurulayıcı
s4e7-scenario-2 = İki kurulayıcı
s4e7-scenario-3 = Kurulayıcı son bulaşığı bildirmeyi unutur
s4e7-note-1 = Garanti: bulaşıklar yıkandıkları sırayla kurulanır, hiçbiri yıkanmadan önce değil; “hepsi bitti” ana programın son satırıdır, çünkü ana program her bulaşık için bir bildirim bekler. Yıkamayla kurulamanın nasıl karıştığı şanstır. Sık yapılan yanlış: kuyruğa işlev çağrılarının girdiğini sanmak; boruda bekleyen bulaşıklardır.
s4e7-note-2 = Garanti: her bulaşığı, yıkandıktan sonra, ikisinden biri bir kez kurular; her kurulayıcı kendi bulaşıklarını yıkanma sırasıyla alır. Hangi bulaşığın hangi kurulayıcıya düştüğü şanstır ve iki kurulayıcının satırları yer değiştirebilir.
s4e7-note-3 = Garanti: bütün bulaşıklar kurulanır, ama ana program yine de boşuna bekler, çünkü bir bildirim eksiktir. Zaman aşımı olmasa sonsuza dek beklerdi. Sık yapılan yanlış: döngünün içindeki yollardan birinde bildirimi (task_done) unutmak.
s4e7-line-wash = Yıkanıyor: { $value_dish }
s4e7-line-dry = Kurulanıyor: { $value_dish }
s4e7-line-done = hepsi bitti: { $value } bulaşık
s4e7-line-blocked = hâlâ bekliyordu, vazgeçti: { $value } bildirim eksik

## s4e8

s4e8-title = Ben kimim? İş parçacıkları ve tanıtıcıları
s4e8-scenario-1 = Bütün iş parçacıkları başlatılır, sonra hepsi beklenir
s4e8-scenario-2 = Sonraki başlamadan önce her iş parçacığını beklemek
s4e8-scenario-3 = Yeniden kullanılan tanıtıcılar
s4e8-note-1 = Garanti: önce ana program konuşur, her iş parçacığı bir kez konuşur ve her iş parçacığının kimliği farklıdır. Numara sırasıyla konuşmaları yalnızca olasıdır.
s4e8-note-2 = Garanti: 0, 1, 2 ve böyle sürer; çünkü sonraki başlamadan önce her iş parçacığı için join çağrılır. Sistemin tanıtıcıları o zaman hepsinde aynı olabilir: biri bitince yerini sonraki alır.
s4e8-note-3 = Garanti: birlikte yaşayan iş parçacıklarının tanıtıcıları farklıdır ve Rust bir iş parçacığı kimliğini hiçbir zaman iki kez vermez. Sistemin iş parçacığı kitaplığının kullandığı tanıtıcı (Python'da get_ident'in gösterdiği) bellekte bir yerdir; iş parçacığı bitince onu başkası alabilir. Sık yapılan yanlış: böyle bir tanıtıcıyı, iş parçacığı bittikten sonra da anahtar olarak saklamak.
s4e8-line-whoami = Ben { $who }: iş parçacığı kimliği { $value_id }, sistem numarası { $value_tid }, tanıtıcı { $value_ident }
s4e8-line-again = Ben { $who }, sonradan başladım: iş parçacığı kimliği { $value_id }, sistem numarası { $value_tid }, tanıtıcı { $value_ident }

## s4e9

s4e9-title = İş parçacıklarıyla yıkamak ve kurulamak
s4e9-scenario-1 = İki kurulayıcı var ve işin bittiğini onlara kimse söylemez
s4e9-scenario-2 = İki kurulayıcı var ve kuyruk son bulaşıktan sonra kapatılır
s4e9-scenario-3 = Bir kurulayıcı
s4e9-note-1 = Garanti: bulaşıklar sırayla yıkanır, her biri bir kez ve ancak yıkandıktan sonra kurulanır. Sık yapılan yanlış: sonsuz bir döngüde sonraki bulaşığı bekleyen kurulayıcılar. Son bulaşık kuruyunca sonsuza dek beklerler ve iş parçacıklarını bekleyen program hiç bitmez. Burada ana program bakar, kaçının hâlâ beklediğini söyler, sonra kuyruğu kapatır.
s4e9-note-2 = Garanti: her bulaşık bir kez kurulanır ve her kurulayıcı biter, çünkü kapalı ve boş bir kuyruk “artık yok” der. Bulaşıklar kuyruktan sırayla çıkar; satırlarının da sırayla görünmesi yalnızca olasıdır, çünkü onları iki kurulayıcı yazar. Sık yapılan yanlış: karışan satırları kuyruğun kusuru sanmak. Kuyruk iş parçacıkları için güvenlidir; sırasız olan yalnızca farklı iş parçacıklarının yazmasıdır.
s4e9-note-3 = Garanti: tek kurulayıcıyla kurulama satırları yıkama sırasıyla gelir; toplam, en az bir yıkama ve bütün kurulamalar kadar sürer. İkinci bir kurulayıcı işe yarardı, çünkü kurulamak yıkamanın iki katı sürer.
s4e9-line-wash = Yıkanıyor: { $value }
s4e9-line-dry = Kurulanıyor: { $value } (kurulayıcı { $index })
s4e9-line-blocked = Bütün bulaşıklar kuru, ama hâlâ sonrakini bekleyen kurulayıcı sayısı: { $value }
s4e9-line-leave = Kurulayıcı { $index } eve gidiyor

## s4e10

s4e10-title = İşçi havuzu: map
s4e10-scenario-1 = Bir işçi
s4e10-scenario-2 = Üç işçi
s4e10-scenario-3 = Beş işçi
s4e10-note-1 = Garanti: kökler sayıların sırasıyla gelir. Tek işçiyle kazanılacak bir şey yoktur: işler birbiri ardına çalışır, her biri bir saniye sürer. Sık yapılan iki yanlış: tek işçili bir havuz alıp neden hızlanmadığına şaşmak ve sonuçları hiç okumamak; o zaman hatalar da hiç görülmez.
s4e10-note-2 = Garanti: hiçbir zaman üçten çok iş aynı anda çalışmaz ve hangi iş önce biterse bitsin kökler sayıların sırasıyla gelir: map her sonucu yerine koyar. Beş eşit iş üç işçiyle iki tur sürer: son tur dolu değildir, ama dolu bir tur kadar sürer.
s4e10-note-3 = Garanti: hiçbir zaman beşten çok iş aynı anda çalışmaz ve kökler sayıların sırasıyla gelir. İş sayısı kadar işçiyle toplam en az bir saniye sürer, büyük olasılıkla çok fazla da değil. Süreç havuzu da (`processes=1`) aynı süreyi ister, çünkü bu işler yalnızca uyur.
s4e10-line-begin = İş { $index } başlıyor
s4e10-line-end = İş { $index } bitiyor
s4e10-line-root = { $index } sayısının karekökü: { $value }

## s4e11

s4e11-title = Future: bittikçe gelen sonuçlar
s4e11-scenario-1 = Her iş aynı süreyi alır
s4e11-scenario-2 = Her iş bir öncekinden kısadır
s4e11-scenario-3 = Bir iş başarısız olur
s4e11-note-1 = Garanti: her sonuç bir kez gelir, işi başlamadan önce değil. Sıra bitiş sırasıdır, o da serbesttir. Sayıların sırasını isteyen map kullanır ya da future'lara, işlerin verildiği sırayla sorar.
s4e11-note-2 = Kısa işler uzunları geçer: büyük olasılıkla sonuçlar, yalnızca işlerin kendisi zaman alsaydı işlerin biteceği sırayla gelir. Garanti olan yine yalnızca her sonucun bir kez gelmesidir. Sık yapılan yanlış: en kısa işin hepsinden önce biteceğini ummak. O da bir işçi boşalmadan başlayamaz.
s4e11-note-3 = Garanti: başarısız iş kendi yerinde bir hatadır ve ötekilerin hepsi sonucunu verir. Sık yapılan yanlış: işleri verip sonuçlarını hiç sormamak. Bir işin hatası ancak sonucu sorulunca ortaya çıkar; yoksa onu hiç kimse duymaz.
s4e11-line-begin = İş { $index } başlıyor
s4e11-line-root = { $index } sayısının karekökü: { $value }
s4e11-line-failed = İş { $index } başarısız oldu

## s4e12

s4e12-title = Yeşil iş parçacıkları: tek bir iş parçacığında çok sayıda sorgu
s4e12-scenario-1 = Beklerken sırayı bırakan sorgular; son makine hiç yanıt vermez
s4e12-scenario-2 = Engelleyen sorgular, her biri bir yardımcı iş parçacığına verilir
s4e12-scenario-3 = Yeşil görevlerin içinde engelleyen sorgular
s4e12-note-1 = Garanti: bütün görevler tek bir iş parçacığında çalışır ve yanıtlar makinelerin sırasıyla yazılır. Zamanında yanıt vermeyen makinenin adresi yoktur. Yeşil bir görev sırayı yalnızca beklediği yerde bırakır; onu kimse kesmez, bu yüzden kendisine ait bir sistem iş parçacığı gerekmez.
s4e12-note-2 = Garanti: yanıtlar makinelerin sırasıyla gelir. Yeşil görevlerden haberi olmayan bir çağrı hepsini durdururdu; bu yüzden bir iş parçacığına verilir ve görev onu bekler. Python'un gevent'i, bildiği engelleyen çağrıları program çalışırken değiştirir (“yamar”); Rust bunu yapmaz, neyin beklediğini siz yazarsınız. Sık yapılan yanlış: yalnızca soketleri yamamak ya da yamayı başka bir modül eski işlevi aldıktan sonra yapmak.
s4e12-note-3 = Garanti: sorgular birbiri ardına çalışır, çünkü engelleyen bir çağrı var olan tek iş parçacığını durdurur; gözcü bunların her birini bildirir: hangi görev olduğunu ve fark edildiğinde ne kadar süredir engellediğini. Sık yapılan yanlış: bir görevin içinde sıradan bir uyku, uzun bir hesap ya da engelleyen bir okuma. Bunu hiçbir derleyici, hiçbir kitaplık önlemez; bir gözcü bulur.
s4e12-line-ask = Makine { $index }: adresi soruluyor
s4e12-line-stalled = Gözcü: makine { $index } için çalışan görev, iş parçacığını { $value } ms boyunca bırakmadı
s4e12-line-found = Makine { $index }: { $value }
s4e12-line-missing = Makine { $index }: zamanında yanıt yok

## s4e13

s4e13-title = Tak tak: tek bir iş parçacığında sunucu ve istemcileri
s4e13-scenario-1 = Sunucu ilk satıra yanıt vermeyi unutur
s4e13-scenario-2 = İstemciler birbiri ardına gelir
s4e13-scenario-3 = Bütün istemciler aynı anda gelir
s4e13-note-1 = Garanti: istemci kapıyı çalar ve yanıt alamaz, çünkü bu sunucu yalnızca “Tak tak” olmayan satırlara yanıt verir. İstemciyle sunucu birbirini bekler, ağda ise hiçbir sorun yoktur. Böyle bir beklemeyi ancak zaman aşımı bitirir. Sık yapılan yanlış: yanlış dalın içinde duran bir yanıt; Python'da bir de bayt gereken yere metin göndermek.
s4e13-note-2 = Garanti: her istemci için hep bu sırayla beş satır gelir ve sonraki istemci ancak önceki gidince başlar. Bir istemci ayrılınca sunucu çalışmayı sürdürür. Toplam, en az bütün konuşmalardaki duraklamaların toplamı kadar sürer, büyük olasılıkla ondan çok daha uzun da sürmez.
s4e13-note-3 = Garanti: her konuşmada aynı sırayla aynı beş satır, hepsi tek bir iş parçacığında. Farklı konuşmalar arasında hiçbir söz verilmez; büyük olasılıkla karışırlar ve toplam yaklaşık bir konuşma kadar sürer. Bir görev istemcisini beklerken iş parçacığı başka bir istemciye bakar.
s4e13-line-knock = İstemci { $index }: Tak tak
s4e13-line-ask = Sunucu -> istemci { $index }: Kim o?
s4e13-line-name = İstemci { $index }: Kaybolan istemci
s4e13-line-echo = Sunucu -> istemci { $index }: Hangi kaybolan istemci?
s4e13-line-gone = İstemci { $index } bağlantıyı kapattı, sunucu çalışmayı sürdürüyor
s4e13-line-blocked = İstemci { $index } yanıt alamıyor ve vazgeçiyor

## s4e14

s4e14-title = Görevler ve yalın await
s4e14-scenario-1 = Aynı anda iki görev; yalnızca ilki duraklar
s4e14-scenario-2 = Yalın await, birbiri ardına
s4e14-scenario-3 = Aynı anda iki görev ve ikisi de duraklar
s4e14-note-1 = Garanti: dört söz bu sırayla gelir, çünkü tek iş parçacığı görevleri oluşturuldukları sırayla çalıştırır ve bir görev sırayı yalnızca await ile beklediği yerde bırakır. “Dorothy!” hemen gelir. Sık yapılan yanlış: kazanılan zaman için görevleri övmek. İkinci duraklama sıfırdır, yani kazanılacak bir şey yoktur: yalın await de o kadar sürer.
s4e14-note-2 = Garanti: görevlerle olduğu gibi aynı sırayla aynı dört söz; “Dorothy!” ise ancak ilk duraklamadan sonra gelir. Toplam, en az bütün duraklamaların toplamı kadar, büyük olasılıkla da görevlerle sürdüğü kadar sürer. await beklemektir: programın sonraki satırı bekleme bitince çalışır.
s4e14-note-3 = Garanti: aynı sıra ve en az uzun duraklamaların süresi. Burada ikinci duraklama birincinin yarısı kadardır ve birincinin içinde geçer: büyük olasılıkla toplam, yalın await'in süresinin üçte ikisidir. Görevler şimdi gerçekten zaman kazandırır.
s4e14-line-say = { $value_text } ({ $value_ms } ms sonra)
s4e14-line-elapsed = Süre: { $value } ms

## s4e15

s4e15-title = Kuyrukların ötesi: küçük bir aracı
s4e15-scenario-1 = Gönder ve unut
s4e15-scenario-2 = İstek ve yanıt
s4e15-scenario-3 = Dolu kuyruk: bir gönderen bekler, öteki reddedilir
s4e15-note-1 = Garanti: kabul edilen her ileti, gönderildikten sonra bir kez işlenir. Ne zaman, hangi sırayla ya da hangi sonuçla işlendiğini kimse öğrenmez: “unut” bu demektir. Sık yapılan yanlış: gönderenin bilmesi gereken yerde bunu kullanmak.
s4e15-note-2 = Garanti: her istek tek bir yanıt alır ve yanıt kendi isteğinin numarasını taşır. Numara olmasa birbirini geçen yanıtlar karıştırılırdı.
s4e15-note-3 = Garanti: kuyrukta hiçbir zaman sınırından çok ileti olmaz ve kabul edilen hiçbir şey yitmez. Sabırlı gönderen, işçilerin hızına kadar yavaşlatılır; aceleci olana yer olmadığı hemen söylenir, ne yapacağına kendisi karar verir. Sık yapılan yanlış: sınırsız bir kuyruk. Böyle bir kuyruk, bellek dolana dek işçilerin yetişemediğini gizler.
s4e15-line-fire = Gönderildi ve unutuldu: ileti { $value }
s4e15-line-handle = İşçi { $index } işliyor: ileti { $value }
s4e15-line-ask = İstemci { $index } soruyor, istek numarası { $value }
s4e15-line-reply = İstemci { $index } yanıtı aldı, istek numarası { $value }
s4e15-line-accept = { $who ->
    [patient] Sabırlı gönderenin iletisi kabul edildi: { $value }
   *[hasty] Aceleci gönderenin iletisi kabul edildi: { $value }
}
s4e15-line-refuse = Yer yok: aceleci gönderenin { $value } numaralı iletisi reddedildi
