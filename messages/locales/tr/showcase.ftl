# `weft serve` sayfalarının ve komutun kendisinin söyledikleri.

help-serve = Alıştırmaları web sayfaları olarak gösterir
help-serve-addr = Dinlenecek adres (verilmezse 127.0.0.1:8080)
help-serve-name = Sunucunun bir vekil sunucu (proxy) arkasındaki adı; ona doğrudan yalnızca bu makine ulaşabiliyorsa başka adlarla gelen istekler geri çevrilir
help-serve-behind-proxy = Önde bir vekil sunucu (proxy) durur: okurlar onun `X-Forwarded-For` başlığındaki son adresle ayırt edilir
help-serve-runs = Aynı anda kaç alıştırmanın çalışacağı (verilmezse 24); ötekiler sıra bekler
serve-ready = Alıştırmalar { $url } adresinde gösteriliyor. Ctrl-C bitirir.
serve-open-to-all = { $address } adresine ulaşabilen herkes orada alıştırma başlatabilir.
serve-ended = Artık çalışan bir şey yok.
serve-other-name = Bu sunucu o adla bilinmiyor. Bilinmesi gerekiyorsa `weft serve --name HOST` ile başlatın.
error-serve = Sayfalar gösterilemiyor.
error-serve-cause = { $reason }
error-serve-next = `weft doctor` bu makineyi denetler.
error-serve-address = Sayfalar { $address } adresinde gösterilemiyor.
error-serve-address-cause =
    { $kind ->
        [taken] Orayı başka bir program dinliyor.
        [elsewhere] Bu makinenin böyle bir adresi yok.
        [denied] Orayı dinleme izniniz yok: 1024'ten küçük bağlantı noktaları yöneticiye ayrılmıştır.
       *[other] { $reason }
    }
error-serve-address-next = `--addr` ile başka bir adres seçin, örneğin `--addr 127.0.0.1:8081`.

## Her sayfanın çerçevesi
serve-name = Weft
serve-title = İş parçacıkları ve süreçler: alıştırmalar
serve-lead = Her alıştırma gerçekten iş parçacıkları ya da süreçler başlatır; satırlarının hangi sırasının garanti, hangisinin şans olduğunu söyler.
serve-skip = İçeriğe geç
serve-language = Dil
serve-menu = Bütün alıştırmalar
serve-search = Ara
serve-search-button = Bul
serve-found = { $count ->
    [one] Bir alıştırma bulundu
   *[other] { $count } alıştırma bulundu
}
serve-found-label = Bulunan alıştırmalar:
serve-found-none = Adında bu sözcükler geçen alıştırma yok.
serve-series-s1 = İş parçacıkları
serve-series-s2 = Süreçler
serve-series-s3 = Beklemek ya da hesaplamak, altı sürümüyle UptimeSquirrel
serve-series-s4 = Programlar, bulaşıkçılar, future'lar, yeşil iş parçacıkları, aracılar
serve-series-s5 = Paylaşan süreçler
serve-series-s6 = İş parçacıklarının araçları
serve-series-s7 = Süreçlerin araçları
serve-choose = Bir alıştırma seçin:
serve-not-found = Böyle bir sayfa yok.

## Bir alıştırma
serve-exercise = Alıştırmaya git
serve-picture = Resim
serve-picture-summary = Kaydedilmiş, tipik bir çalıştırma
serve-inputs = Girdiler
serve-wrong = Bu çalıştırılamaz:
serve-more-inputs = Seçilebilecek başka şeyler
serve-shake = her kitaplık çağrısında en çok bu kadar milisaniye (0 ile 1000 arası) rastgele gecikme: garanti edilen sıralar korunur, şansa bağlı olanlar bozulur
serve-stop = Durdur
serve-lost = Çalıştırma bitmeden bağlantı koptu. Yeniden çalıştırın.
serve-output = Çıktı
serve-output-none = “Çalıştır” düğmesine basın: satırlar yazıldıkça burada görünür, ardından bu çalıştırmanın zaman çizelgesi gelir.
serve-possible = Başka ne olabilirdi
serve-possible-lead = Bir çalıştırma, olayların tek bir sırasını gösterir. İnceleyici her senaryoyu bir modelde, küçük sayılarla, olabilecek her sırayla oynattı; bunun yapılamadığı yerde bu söylenir.
serve-possible-one = Yalnızca bir çıktı olabilir.
serve-possible-exactly = Tam olarak { $count } farklı çıktı olabilir.
serve-possible-too-many = Sayılamayacak kadar çok farklı çıktı vardır.
serve-possible-it = O çıktı
serve-possible-some = Olabildiğince farklı birkaçı
serve-possible-orders = Garanti: her zaman bu sırayla ve nedeni
serve-possible-order = önce “{ $before }”, sonra “{ $after }”: { $cause }
serve-possible-luck = Şans ya da zamanlama: bazen biri önce, bazen öteki
serve-possible-pair = “{ $one }” ile “{ $other }”
serve-possible-likely-fails = Yalnızca olası: `{ $rule }` tutmayabilir.
serve-possible-likely-holds = Olası denir, ama bu kadar küçük sayılarla onu bozan bir şey yoktur: `{ $rule }`.
serve-possible-likely-open = Yalnızca olası ve belirsiz: `{ $rule }`.
serve-possible-sampled = Kanıtlanmadı: denenenden çok sıra vardır. Hepsi olmayabileceği için burada hiçbir şey sıralanmadı.
serve-possible-bounded = Kanıtlanmadı: bazı yürütmeleri yarıda kesmek gerekti. Hepsi olmayabileceği için burada hiçbir şey sıralanmadı.
serve-possible-lacks = İncelenmedi: { $what } kullanır; inceleyicide bunun modeli yoktur. Nelerin değiştiğini görmek için rastgele gecikmeyle birkaç kez çalıştırın.
serve-possible-lacks-sockets = soketler
serve-possible-again = Terminalde: `{ $line }`
serve-explanation = Açıklama
serve-guaranteed = Her çalıştırmada garanti
serve-likely = Yalnızca olası
serve-error-scenario = “{ $value }” diye bir senaryo yok.
serve-error-scenario-next = 1 ile { $last } arasında birini seçin.
serve-error-range = “{ $value }”, { $name } için geçerli bir değer değil.
serve-error-range-next = { $min } ile { $max } arasında bir tam sayı seçin.
serve-error-seed = “{ $value }” bir tohum değil.
serve-error-seed-next = 0 ya da daha büyük bir tam sayı seçin ya da boş bırakın.
serve-error-json = “{ $value }”, { $name } için geçerli bir değer değil.
serve-error-json-next = JSON için 1, sayfa için 0 seçin.
serve-error-twice = { $name } iki kez verilmiş.
serve-error-twice-next = Bir kez verin.
serve-error-parameter = { $id } alıştırmasının “{ $name }” parametresi yok.
serve-error-parameter-next = Aldıkları: { $allowed }.

## Bir çalıştırma
serve-waiting = { $count ->
    [0] Sıradaki çalıştırma bu.
    [one] Bundan önce bir çalıştırma var.
   *[other] Bundan önce { $count } çalıştırma var.
}
serve-busy = { $count ->
    [one] Çok fazla çalıştırma bekliyor. Bir saniye sonra yeniden deneyin.
   *[other] Çok fazla çalıştırma bekliyor. { $count } saniye sonra yeniden deneyin.
}
serve-busy-own = { $count ->
    [one] Adresinizden çok fazla çalıştırma sürüyor; başkaları kendilerininkini başlatabilir. Bir saniye sonra yeniden deneyin.
   *[other] Adresinizden çok fazla çalıştırma sürüyor; başkaları kendilerininkini başlatabilir. { $count } saniye sonra yeniden deneyin.
}
serve-done = Çalıştırma { $time } sonra bitti.
serve-timed-out = Çalıştırma çok uzun sürdü ve bitirildi.
serve-stopped-time = Çalıştırma çok uzun sürdü ve bitirildi.
serve-stopped-output = Çalıştırma sığacağından çok satır yazdı ve bitirildi.
serve-stopped-memory = Çalıştırma çok fazla bellek kullandı ve bitirildi.
serve-stopped-threads = Çalıştırma çok fazla iş parçacığı başlattı ve bitirildi.
serve-stopped-abandoned = Çalıştırma durduruldu.
serve-stopped-closing = Sunucu kapatılıyor, bu yüzden çalıştırma bitirildi.
serve-stopped-failed = Çalıştırma başarısız oldu. { $reason }
serve-order = Sıra
serve-result = Son değerler
serve-this-run = Bu çalıştırma, kendi sayfasında
serve-this-json = Bu çalıştırma JSON olarak
serve-run-gone = Bu çalıştırma artık saklanmıyor.

## Bir sınıfın odaları
serve-room = Odalar
serve-room-lead = Bir odada öğretmen herkese tek bir sayfa gösterir: odadaki herkes aynı çalıştırmayı, kendi dilinde görür.
serve-room-name = Odanın adı
serve-room-enter = Gir
serve-room-open = Yeni bir oda aç
serve-room-yours = Odanız: { $room }
serve-room-unknown = Bu adda bir oda yok.
serve-room-full = Çok fazla oda var ya da bu odada çok fazla okur var. Daha sonra yeniden deneyin.
serve-room-not-yours = Bir odada yalnızca onu açan tarayıcı bir şey gösterebilir.
serve-room-title = { $room } odası
serve-room-leads = Bu sizin odanız. Sınıfa adını söyleyin: { $room }. Sonra bir alıştırma seçip orada “Oda için çalıştır” düğmesine basın.
serve-room-waiting = Henüz bir şey gösterilmiyor. Bu sayfa kendiliğinden değişir.
serve-room-shows = Gösterilen alıştırma { $id }: { $title }
serve-room-frame = Odada gösterilen
serve-room-run = Oda için çalıştır

## Programlar için adresler
serve-docs = Programlar için adresler
serve-docs-lead = Her alıştırmanın bir adresi vardır. `Json=1` ile yanıt tek bir JSON belgesidir, onsuz bir sayfadır. `scenario` verilmezse hiçbir şey çalıştırılmaz.
serve-docs-read = Hepsini oku
serve-docs-try = Dene
serve-docs-send = Gönder
serve-docs-name = Ad
serve-docs-values = Değerler
serve-docs-about = Anlamı
serve-docs-forms = Yanıtların biçimleri
serve-docs-q = alıştırmaların adlarında aranacak sözcükler
serve-docs-tag = bir alıştırma; yanıt onun sayfasına götürür
serve-docs-run = sayfasında göründüğü biçimiyle bir çalıştırmanın adı; en yeni çalıştırmalar saklanır
serve-docs-json = tek bir JSON belgesi için 1, sayfa için 0
serve-docs-200 = Belge ya da sayfa.
serve-docs-400 = Bir parametre yanlış; yanıt hangisi olduğunu, nedenini ve ne alabileceğini söyler.
serve-docs-429 = Çok fazla çalıştırma bekliyor; `Retry-After` ne zaman yeniden deneneceğini söyler.
