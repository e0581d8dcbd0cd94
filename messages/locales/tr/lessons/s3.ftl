# Dizi 3

## s3e1

s3e1-title = Bekleyen iş: bir saniyelik uyku
s3e1-scenario-1 = Birbiri ardına
s3e1-scenario-2 = Her işçi kendi iş parçacığında
s3e1-scenario-3 = Her işçi kendi sürecinde
s3e1-note-1 = Garanti: işçiler sırayla gelir, hepsi tek bir süreçte ve tek bir iş parçacığında çalışır; toplam, işçi başına en az bir saniye sürer. Öteki iki senaryoyu bu süreyle karşılaştırın.
s3e1-note-2 = Garanti: tek bir süreç kimliği, her işçi için ayrı bir iş parçacığı ve en sonda süre satırı, çünkü her iş parçacığı için join çağrılır. Toplamın yaklaşık bir saniye sürmesi yalnızca olasıdır. Uyuyan bir iş parçacığı işlemci istemez ve kilit tutmaz; bu yüzden Python'un yorumlayıcı kilidiyle bile böyledir (`gil=1` ile deneyin). Sık yapılan yanlış: sistem birinden ötekine geçerken iş parçacıklarının bitirilip yeniden başlatıldığını sanmak; onlar yalnızca bekler.
s3e1-note-3 = Garanti: her işçinin kendi süreç kimliği vardır ve hiçbiri ana programınki değildir. Python'da sık yapılan yanlış: parantezle `target=only_sleep()` yazmak. Bu, işlevi her işçi için bir kez üst süreçte çağırır ve dönen değeri, yapılacak iş diye sürece verir.
s3e1-line-work = Süreç kimliği: { $value_pid }, sürecin adı: { $value_process }, iş parçacığının adı: { $value_thread }
s3e1-line-elapsed = Süre: { $value } ms

## s3e2

s3e2-title = Hesaplayan iş: bir sınıra kadar saymak
s3e2-scenario-1 = Birbiri ardına
s3e2-scenario-2 = Her işçi kendi iş parçacığında
s3e2-scenario-3 = Her işçi kendi sürecinde
s3e2-note-1 = Garanti: her işçi sınıra kadar sayar; sırayla, tek bir süreçte ve tek bir iş parçacığında. Bunun ne kadar süreceği yalnızca makineye bağlıdır; hiçbir süre sözü verilmez.
s3e2-note-2 = Garanti: her işçi kendi iş parçacığında sınıra kadar sayar ve hepsi tek bir süreçtedir. Rust'ta iş parçacıkları, süreçler gibi çekirdekleri paylaşır. `gil=1` ile CPython'daki gibi, her 5 milisaniyede bir el değiştiren tek bir kilidi paylaşırlar: o zaman birbiri ardına çalışmaktan hızlı olmazlar. Sık yapılan iki yanlış: iş parçacıkları hiçbir zaman paralel çalışmaz demek (bu yalnızca kilitli CPython için doğrudur; free-threaded Python'da kilit yoktur) ve bu kilidin programı güvenli kıldığını sanmak. Kilit yorumlayıcıyı korur, verilerinizi değil; kilitlenmeyi de önlemez.
s3e2-note-3 = Garanti: her işçi kendi sürecinde sınıra kadar sayar. `gil=1` ile her sürecin kendi yorumlayıcı kilidi vardır, bu yüzden kimse kimseyi beklemez: hesap yapan Python programlarının süreç kullanması bundandır. Sık yapılan yanlış: tek bir ölçümden kural çıkarmak. Meşgul bir makinede süreçler daha yavaş bile olabilir.
s3e2-line-count = Süreç kimliği: { $value_pid }, sürecin adı: { $value_process }, iş parçacığının adı: { $value_thread }, kaça kadar saydı: { $value_count }
s3e2-line-elapsed = Süre: { $value } ms

## s3e3

s3e3-title = UptimeSquirrel: bu site çalışıyor mu?
s3e3-scenario-1 = Site çalışıyor
s3e3-scenario-2 = Site bir hata durumuyla yanıt veriyor (400 ya da üstü)
s3e3-scenario-3 = Zamanında yanıt yok, bağlantı reddedildi, böyle bir makine yok
s3e3-note-1 = Garanti: 400'ün altında bir durumla yanıt veren site çalışıyor demektir; kimseye haber verilmez. Denetim HEAD ile sorar; yanıtta içerik gelmez. İkinci site HEAD'i bilmez ve 405 yanıtını verir; bu yüzden ona bir de GET ile sorulur ve çalıştığı anlaşılır. Sık yapılan yanlış: böyle bir siteye çalışmıyor demek; bu yanlış alarmdır.
s3e3-note-2 = Garanti: 400 ya da üstü bir durum, site çalışmıyor demektir ve sahibine tam bir kez haber verilir; burada bir webhook ile, yani sahibin bir adresine POST göndererek. 405 ya da 501, yalnızca HEAD'in reddedildiği anlamına gelebilir; bu yüzden denetim bir de GET ile sorar. Bu site GET'i de reddeder. Sık yapılan yanlış: kimsenin göstermediği düzeyde bir günlük iletisiyle haber vermek.
s3e3-note-3 = Garanti: üç sorunun her biri kendi adını alır ve ilki zaman aşımı kadar sürer. Sık yapılan yanlış: her hata için “zaman aşımı” yazmak. Reddedilen bağlantı da yanlış ad da hemen belli olur ve site sahibinin her biri için yapacağı şey başkadır.
s3e3-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e3-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e3-line-notify = { $value_address } sahibine haber verildi

## s3e4

s3e4-title = UptimeSquirrel, siteler birbiri ardına
s3e4-scenario-1 = Liste: sitelerin çoğu çalışıyor, birkaçı çalışmıyor
s3e4-scenario-2 = Bütün siteler çalışıyor
s3e4-scenario-3 = Bir site o kadar yavaş ki süresi doluyor
s3e4-note-1 = Garanti: her adres tam bir kez, listedeki sırayla denetlenir; toplam, en az bütün yanıtların ve bütün haberlerin süresi kadardır (bir yanıt 0,1 saniye, bir haber 0,5 saniye). İşlemci bu sürede beklemekten başka bir şey yapmaz: sonraki sürümler bu yüzden daha hızlıdır.
s3e4-note-2 = Garanti: listenin sırası ve kimseye haber verilmemesi. Süre, yanıtların toplamıdır. Sık yapılan yanlış: iki sürümü internette çalıştırarak karşılaştırmak. Adların aranmasının bedelini ilk çalıştırma öder ve siteler her seferinde başka türlü yanıt verir; yanıtları belli bir deneme sunucusunda karşılaştırma adildir.
s3e4-note-3 = Garanti: hiç yanıt vermeyen tek bir site, ardındaki bütün siteleri zaman aşımı kadar bekletir, çünkü tek bir iş hattı vardır. Zaman aşımı olmayan bir istek sonsuza dek beklerdi.
s3e4-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e4-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e4-line-notify = { $value_address } sahibine haber verildi
s3e4-line-total = { $value_up } çalışıyor, { $value_down } çalışmıyor
s3e4-line-elapsed = Süre: { $value } ms

## s3e5

s3e5-title = UptimeSquirrel, iş parçacıkları ve kuyruk
s3e5-scenario-1 = Kuyruğu kimse kapatmaz: işçiler kendiliğinden hiç bitmez
s3e5-scenario-2 = Kuyruk son adresten sonra kapatılır
s3e5-scenario-3 = Zehirli bir iş
s3e5-note-1 = Garanti: her adres tam bir kez denetlenir; kuyruk adresleri listedeki sırayla dağıtır, bu yüzden her işçinin kendi numaraları artar. Bütün işler bitince işçiler yine de bir sonrakini bekler; burada ana program bir saniye sonra bakar, durumu söyler ve kuyruğu kapatır. Sık yapılan yanlış: sonsuz döngüde dönen işçiler; program süresini yazar, ama hiç bitmez.
s3e5-note-2 = Garanti: son işi koyan, kuyruğu kapatır, kuyruk kapalı ve boş olunca her işçi biter ve ana program hepsi için join çağırır. Yanıtların hangi sırayla geldiği şanstır.
s3e5-note-3 = Garanti: yapılamayan iş başarısız diye bildirilir, işçisi çalışmayı sürdürür ve öteki adreslerin hepsi denetlenir. Sık yapılan yanlış: yalnızca beklenen hatayı yakalamak. Başka her hata işçiyi bitirir; işi hiçbir zaman bitti diye bildirilmez ve kuyruğun bitmesini bekleyen sonsuza dek bekler.
s3e5-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e5-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e5-line-notify = { $value_address } sahibine haber verildi
s3e5-line-failed = { $value_address } denetlenemedi
s3e5-line-blocked = { $value ->
    [one] Bir işçi hâlâ hiç gelmeyecek bir işi bekliyor
   *[other] { $value } işçi hâlâ hiç gelmeyecek bir işi bekliyor
}
s3e5-line-total = { $value_up } çalışıyor, { $value_down } çalışmıyor
s3e5-line-elapsed = Süre: { $value } ms

## s3e6

s3e6-title = UptimeSquirrel, future'lar
s3e6-scenario-1 = Bir iş parçacığı havuzu
s3e6-scenario-2 = Tek işçili bir havuz
s3e6-scenario-3 = 16 işçili bir havuz
s3e6-note-1 = Garanti: her adres tam bir kez denetlenir, hiçbir zaman işçi sayısından çok denetim aynı anda sürmez ve toplam, future'ların sonuçlarından çıkar. Sık yapılan yanlış: bütün future'ları bekleyip hiçbir sonuca bakmamak. O zaman bir işteki hata sessizce yiter.
s3e6-note-2 = Garanti: listenin sırası ve en az bütün sürelerin toplamı kadar bir süre, çünkü tek işçi işleri birbiri ardına yapar. Tek işçili havuz, seri programın daha çok parçalı olanıdır.
s3e6-note-3 = Garanti: aynı anda en çok 16 denetim sürer, yani en az bütün sürelerin toplamının on altıda biri kadar süre gerekir. Sık yapılan yanlış: işçi sayısından fazla bir hızlanmaya inanmak. Future'lar da kuyruklu iş parçacıkları da aynı iş parçacıklarıdır; aynı sitelerde aynı süreyi alırlar.
s3e6-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e6-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e6-line-notify = { $value_address } sahibine haber verildi
s3e6-line-total = { $value_up } çalışıyor, { $value_down } çalışmıyor
s3e6-line-elapsed = Süre: { $value } ms

## s3e7

s3e7-title = UptimeSquirrel, süreç havuzu
s3e7-scenario-1 = Bir süreç havuzu
s3e7-scenario-2 = Tek işçi süreçli bir havuz
s3e7-scenario-3 = 16 işçi süreçli bir havuz
s3e7-note-1 = Garanti: her adres tam bir kez denetlenir, her işçi kendi süreç kimliğini yazar ve sonuçlar listedeki sırayla gelir. Sık yapılan yanlış: get() olmadan `map_async(...).wait()`. wait() bir işçinin hatasını iletmez, yalnızca get() iletir. Python'da bir yanlış daha: main koruması (`if __name__ == "__main__"`) yazmamak; süreçlerin spawn ile başlatıldığı yerde her işçi programı yeniden başlatır.
s3e7-note-2 = Garanti: tek bir süreç kimliği, listenin sırası ve en az bütün sürelerin toplamı kadar bir süre.
s3e7-note-3 = Garanti: en çok 16 süreç kimliği. Buradaki iş beklemektir ve beklemek işlemci istemez: süreçler burada iş parçacıklarının getirmediği bir şey getirmez, başlatılmaları ise daha pahalıdır.
s3e7-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e7-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e7-line-notify = { $value_address } sahibine haber verildi
s3e7-line-total = { $value_up } çalışıyor, { $value_down } çalışmıyor
s3e7-line-elapsed = Süre: { $value } ms

## s3e8

s3e8-title = UptimeSquirrel, yeşil iş parçacıkları
s3e8-scenario-1 = Yalnızca ağ asenkron
s3e8-scenario-2 = Her şey asenkron
s3e8-scenario-3 = Hiçbir şey asenkron değil
s3e8-note-1 = Garanti: bütün görevler tek bir iş parçacığında çalışır. Ağ beklerken öteki görevlerin çalışmasına izin verir, ama haber vermenin içindeki yarım saniyelik duraklama vermez: hepsini durdurur. Bu yüzden bütün haberler birlikte en az sürelerinin toplamı kadar sürer. Python'da bu, `patch_all()` olmadan `patch_socket()` demektir. Sık yapılan yanlış: bir görevin içinde engelleyen tek bir çağrı.
s3e8-note-2 = Garanti: tek bir iş parçacığı, hiçbir zaman görev sayısından çok denetim aynı anda sürmez, her adres tam bir kez. Ağ da duraklama da öteki görevlerin çalışmasına izin verir. Sık yapılan yanlış: yeşil iş parçacıkları hep aynı sırayı verir demek. Bu yalnızca salt hesap için doğrudur; burada sırayı ağın yanıtları belirler.
s3e8-note-3 = Garanti: listenin sırası, her seferinde tek bir denetim ve birkaç görev olsa da en az bütün sürelerin toplamı kadar bir süre. Hiçbir zaman asenkron beklemeyen bir görev, başkasına hiç sıra vermez. Python'da sık yapılan yanlış: yamayı geç, istekleri yapan modül içe aktarıldıktan sonra yapmak.
s3e8-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e8-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e8-line-notify = { $value_address } sahibine haber verildi
s3e8-line-total = { $value_up } çalışıyor, { $value_down } çalışmıyor
s3e8-line-elapsed = Süre: { $value } ms

## s3e9

s3e9-title = UptimeSquirrel, görev kuyruğu
s3e9-scenario-1 = Bir işçi çalışıyor
s3e9-scenario-2 = Hiç işçi başlatılmadı: görevler kuyrukta kalır
s3e9-scenario-3 = Sonuçların yeri yok: yapıldı, ama ne çıktığını kimse bilmiyor
s3e9-note-1 = Garanti: her görev başka bir süreçte tam bir kez yapılır ve ana program sonuçları işçiden değil, kuyruğun sunucusundan okur. `redis-server` kuruluysa kuyruk gerçek bir Redis'tir, değilse bir SQLite dosyası. Sık yapılan yanlış: işçiyi başka bir modülün adıyla başlatmak; o zaman başka adlı görevleri bekler.
s3e9-note-2 = Garanti: yapacak kimse olmasa da bir görevi kuyruğa koymak başarılı olur; ana program yeniden sorduğunda bütün görevler hâlâ oradadır. Sık yapılan yanlış: “kabul edildi”yi “yapıldı” saymak.
s3e9-note-3 = Garanti: işçi her görevi yapar, sahiplere haber verilir, ama ana program sonucu bilemez: sonuçlar yalnızca onlara bir yer ayrılmışsa saklanır. Sık yapılan yanlış: sonuç deposunu (result backend) unutup sonra bir sonuç beklemek.
s3e9-line-queue = { $value ->
    [redis] Kuyruk Redis
   *[sqlite] Kuyruk bir SQLite dosyası, çünkü redis-server kurulu değil
}
s3e9-line-queued = { $value ->
    [one] Kuyrukta bir görev var
   *[other] Kuyrukta { $value } görev var
}
s3e9-line-waiting = { $value ->
    [one] Kuyrukta hâlâ bir görev var: hiçbir işçi almadı
   *[other] Kuyrukta hâlâ { $value } görev var: hiçbir işçi almadı
}
s3e9-line-up = { $value_address } çalışıyor (durum { $value_status })
s3e9-line-down = { $value_why ->
    [timed-out] { $value_address } çalışmıyor: zamanında yanıt yok
    [refused] { $value_address } çalışmıyor: bağlantı reddedildi
    [bad-name] { $value_address } çalışmıyor: böyle bir makine yok
    [failed] { $value_address } çalışmıyor: istek başarısız oldu
   *[status] { $value_address } çalışmıyor: durum { $value_why }
}
s3e9-line-notify = { $value_address } sahibine haber verildi
s3e9-line-unknown = { $value ->
    [one] Bir görev yapıldı; sonucu bilinmiyor
   *[other] { $value } görev yapıldı; sonuçları bilinmiyor
}
s3e9-line-total = { $value_up } çalışıyor, { $value_down } çalışmıyor
s3e9-line-elapsed = Süre: { $value } ms
