## s1e1

s1e1-title = İş parçacıklarını başlatmak
s1e1-scenario-1 = Sonraki başlamadan önce her iş parçacığını beklemek
s1e1-scenario-2 = Her başlatmadan sonra bir duraklama
s1e1-scenario-3 = Her iş parçacığı bir öncekinden daha uzun duraklar
s1e1-note-1 = Garanti: join ancak iş parçacığı bitince döner, bu yüzden sayılar birer birer artar. Bedeli: hiçbir zaman iki iş parçacığı birlikte yaşamaz, yani hiçbir şey aynı anda çalışmaz.
s1e1-note-2 = Sık yapılan yanlış: 0,3 saniyelik duraklamanın sırayı garanti ettiğini sanmak. Duraklama sırayı olası kılar, o kadar; meşgul bir makine ya da rastgele bir gecikme (`--shake`) onu bozar. Garanti olan yalnızca satır sayısı ve her iş parçacığının bir kez yazmasıdır.
s1e1-note-3 = Sık yapılan yanlış: giderek uzayan duraklamalara garanti demek. Bütün iş parçacıkları aynı anda çalışır ve her biri 0,2 saniye çarpı kendi numarası kadar uyur; artan sıra olasıdır, ama hiçbir zaman söz verilmemiştir. Yalnızca bir olayı beklemek (join, kilit, kanal) sıra sözü verir.
s1e1-line-call = İşlevi { $index } numaralı iş parçacığı çağırdı

## s1e2

s1e2-title = Geçerli iş parçacığı ve adı
s1e2-scenario-1 = Üçü birden başlar, farklı zamanlarda biter
s1e2-scenario-2 = Sonraki başlamadan önce her iş parçacığını beklemek
s1e2-scenario-3 = İlk başlayan en uzun uyur: sıra tersine döner
s1e2-note-1 = Garanti: her iş parçacığı başlangıcını bitişinden önce yazar. Başlangıçların da bitişlerin de A, B, C diye gelmesi uykuların işidir (0,4, 0,5 ve 0,6 saniye), yani yalnızca olasıdır.
s1e2-note-2 = Garanti: A başlar ve biter, sonra B, sonra C; çünkü sonraki başlamadan önce her biri için join çağrılır. Uykuların bu sırada payı yoktur.
s1e2-note-3 = Sık yapılan yanlış: iş parçacıklarının başlatıldıkları sırayla gelmesini beklemek. Her biri önce uyur (0,3, 0,2 ve 0,1 saniye), bu yüzden C, B, A olasıdır. İş parçacıkları arasında hiçbir sıra garanti değildir. Bir iş parçacığını başlatmanın kendisi milisaniyenin yüzde birkaçı kadar sürer, saniyenin değil.
s1e2-line-start = { $who } iş parçacığı başlıyor
s1e2-line-exit = { $who } iş parçacığı bitiyor

## s1e3

s1e3-title = Kendi türümüz olarak iş parçacığı
s1e3-scenario-1 = Her iş parçacığı 1, 2 ya da 3 saniye sürer
s1e3-scenario-2 = Hiç duraklama yok
s1e3-scenario-3 = Bir milisaniyelik duraklama
s1e3-note-1 = Garanti: süreyi gösteren satır en son gelir, çünkü her iş parçacığı için join çağrılır; bütün iş parçacıkları aynı süreç kimliğini gösterir; toplam süre en az en uzun duraklama kadardır. Satırların sırası ve sürenin duraklamaların toplamından kısa olması yalnızca olasıdır.
s1e3-note-2 = Sık yapılan yanlış: duraklama yok diye düzgün çiftler ummak. Kilit ya da join olmadan farklı iş parçacıklarının satırları her sırada gelebilir; garanti olan yalnızca her iş parçacığı içinde “çalışıyor”un “bitti”den önce gelmesi ve son satırdır.
s1e3-note-3 = Sık yapılan yanlış: bütün iş parçacıkları, ilki bitmeden haber verdiği için bir komutun bir milisaniye sürdüğü sonucunu çıkarmak. Daha çok iş parçacığıyla ya da meşgul bir makinede bu düzen hemen bozulur. Garanti olan her iş parçacığı içindeki sıra ve son satırdır.
s1e3-line-start = İş parçacığı { $index } çalışıyor, süreç kimliği { $value }
s1e3-line-exit = İş parçacığı { $index } bitti
s1e3-line-elapsed = -- { $value } milisaniye --

## s1e4

s1e4-title = Kilit (Lock): teker teker
s1e4-scenario-1 = Kilit ve içinde bir duraklama
s1e4-scenario-2 = Kilit, içinde duraklama yok
s1e4-scenario-3 = Kilit yok, ama her başlatmadan sonra bir join
s1e4-note-1 = Garanti: “çalışıyor” ile “bitti” arasında hiçbir zaman birden çok iş parçacığı bulunmaz, çünkü run() baştan sona kilidi tutar. Kilidi sırada hangi iş parçacığının alacağı garanti değildir. Son satır sondadır, çünkü yalnızca son başlatılan için değil, her iş parçacığı için join çağrılır.
s1e4-note-2 = Sık yapılan yanlış: kilidi kanıtlamak için duraklamayı kaldırmak. Duraklama olmadan iş parçacıkları neredeyse hiç karşılaşmaz, kilitsiz bir program da sınavı geçerdi. Çiftleri yine de kilit garanti eder.
s1e4-note-3 = Garanti: artan sırayla çiftler, çünkü sonraki başlamadan önce her iş parçacığı için join çağrılır. Burada join kilidin yerini tutabilir, ama o zaman artık hiçbir şey aynı anda çalışmaz.
s1e4-line-start = İş parçacığı { $index } çalışıyor, süreç kimliği { $value }
s1e4-line-exit = İş parçacığı { $index } bitti
s1e4-line-elapsed = --- { $value } milisaniye ---

## s1e5

s1e5-title = Yeniden girilebilir kilit (RLock)
s1e5-scenario-1 = Her parçadan sonra bir duraklama
s1e5-scenario-2 = Duraklama yok
s1e5-scenario-3 = Ekleyen, çıkaran başlamadan biter
s1e5-note-1 = Garanti: her iş parçacığı 0'a kadar geri sayar ve sonunda toplam, eklenenlerle çıkarılanların farkıdır. Eklemeyle çıkarmanın sırayla gelmesi yalnızca olasıdır. add() kilidi tutar ve execute()'u çağırır, o da aynı kilidi yeniden alır: sıradan bir kilitle bu iş parçacığı sonsuza dek kendisini beklerdi.
s1e5-note-2 = Sık yapılan yanlış: yalnızca + ve - oldukları için aynı anda ekleyip çıkarmanın zararsız olduğunu sanmak. Her biri okur, değiştirir ve yazar; kilit olmadan bir güncelleme yitebilir. Garanti: toplam doğrudur. Bir iş parçacığının ötekinden önce bitmesi yalnızca olasıdır.
s1e5-note-3 = Garanti: bütün ekleme satırları ilk çıkarma satırından önce gelir, çünkü çıkaran başlamadan önce ekleyen için join çağrılır.
s1e5-line-begin = { $who ->
    [adder] EKLENECEK { $value } parça
   *[remover] ÇIKARILACAK { $value } parça
}
s1e5-line-add = + Bir parça EKLENDİ, { $value } kaldı.
s1e5-line-remove = - Bir parça ÇIKARILDI, { $value } kaldı.

## s1e6

s1e6-title = Semafor: başkalarının ürettiğini beklemek
s1e6-scenario-1 = Önce tüketiciler, bir duraklamadan sonra üreticiler
s1e6-scenario-2 = Önce tüketiciler, duraklama yok
s1e6-scenario-3 = Her üretici kendi tüketicisinden önce başlar
s1e6-note-1 = Garanti: hiçbir zaman üretilenden fazlası tüketilmez, parçalar girdikleri sırayla çıkar ve geriye izin kalmaz. Her tüketicinin önce beklemesi, sonra ikisinin sırayla çalışması yalnızca olasıdır. Sık yapılan yanlış: bütün parçalar için ortak tek bir bellek hücresi; sonraki üretici, okunmadan üzerine yazar.
s1e6-note-2 = Garanti: her parça tam bir kez tüketilir, hiçbir zaman üretilmeden önce tüketilmez. Kaç tüketicinin bekleyeceği şanstır. Sık yapılan yanlış: semaforun değerini sorup sonra izin almak; soruyla iş arasında izni başka bir iş parçacığı alabilir.
s1e6-note-3 = Garanti: her parça tam bir kez tüketilir, hiçbir zaman üretilmeden önce tüketilmez. Üretici önce başladığı için kimsenin beklememesi yalnızca olasıdır: önce başlamak, önce çalışmak demek değildir.
s1e6-line-wait = Tüketici { $index } bekliyor ...
s1e6-line-produce = Üretici { $index } bildiriyor: { $value } numaralı parça
s1e6-line-consume = Tüketici { $index } bildiriyor: { $value } numaralı parça

## s1e7

s1e7-title = Bariyer: üç kişilik yarış
s1e7-scenario-1 = Her koşucuya 1 ile 3 saniye gerekir
s1e7-scenario-2 = Sonra başlayanların süresi daha uzundur; her süre 1, 2 ya da 3 ile çarpılır
s1e7-scenario-3 = Koşucular birer saniye arayla varır
s1e7-note-1 = Sık yapılan yanlış: bir koşucunun ötekilerden önce bitirebileceğini sanmak. Bariyer, üçüncü varana dek kimseyi geçirmez; bütün varışların bütün geçişlerden önce gelmesi garantidir. Kimin önce vardığını rastgele süreler belirler.
s1e7-note-2 = Sık yapılan yanlış: ilk başlayan iş parçacığının ilk biteceğini sanmak. Üçü birlikte biter: garanti olan, bütün varışların bütün geçişlerden önce gelmesidir. İkinci koşucu birinciden önce de varabilir.
s1e7-note-3 = Sık yapılan yanlış: iş parçacıklarının birer saniye arayla bittiğini söylemek. Birer saniye arayla varırlar (uykular yüzünden olası), ama hepsi birlikte, son varıştan sonra geçer (garanti).
s1e7-line-begin = YARIŞ BAŞLADI!!!
s1e7-line-arrive = { $who } bariyere vardı
s1e7-line-pass = { $who } bariyeri geçti
s1e7-line-over = YARIŞ BİTTİ!
