# Dizi 5

## s5e1

s5e1-title = İki süreç: küp ve kare
s5e1-scenario-1 = İkisini de başlat, sonra ikisini de bekle
s5e1-scenario-2 = İkinci başlamadan önce birinciyi beklemek
s5e1-scenario-3 = Son satır beklemeden gelir
s5e1-note-1 = Garanti: son satır en son gelir, çünkü ana program onu yazmadan önce iki süreç için de join çağırır. Küpün mü karenin mi önce geldiği şanstır. Sık yapılan yanlış: join sırasında ana programın çalışmayı sürdürdüğünü sanmak; join, süreç bitene dek ana programı durdurur.
s5e1-note-2 = Garanti: küp, kare, son satır; çünkü ana programın sonraki satırından önce her süreç için join çağrılır. Hiçbir şey aynı anda çalışmaz; bu yüzden toplam, en az iki duraklamanın toplamı kadar, büyük olasılıkla da öncekinin yaklaşık iki katı sürer.
s5e1-note-3 = Son satırdan önce kimse beklemez; bu yüzden o satır her yerde gelebilir ve çoğu kez ilk gelir. Garanti olan yalnızca üç satırın da gelmesi ve sonunda iki sürecin de bitmiş olmasıdır: ana program satırını yazdıktan sonra onları yine de bekler.
s5e1-line-cube = Küp: { $value }
s5e1-line-square = Kare: { $value }
s5e1-line-done = Bitti

## s5e2

s5e2-title = Süreç kimlikleri ve kimin canlı olduğu
s5e2-scenario-1 = main, p1 ve p2 süreçlerinin kimlikleri
s5e2-scenario-2 = Önce, çalışırken ve sonra canlı mı?
s5e2-scenario-3 = Üst süreç kim?
s5e2-note-1 = Garanti: ana program önce kendi kimliğini yazar; bir süreç için bildiği kimlik, sürecin kendi yazdığının aynısıdır; join'den sonra ikisi de canlı değildir. İki sürecin satırları ile ana programın o sırada yazdıkları her sırada gelebilir.
s5e2-note-2 = Garanti: başlamadan önce ve join'den sonra canlı değil, arada canlı; çünkü iki süreç de ana program sorana dek bekler. Sık yapılan yanlış: böyle bir buluşma noktası olmadan sormak; kısa bir süreç sorudan önce bitmiş olabilir.
s5e2-note-3 = Burada p2'yi p1 başlatır. Garanti: p1'in üst süreci main, p2'nin üst süreci p1'dir. Bir süreci yalnızca üst süreci bekleyebilir; bu yüzden p1 kendisi bitmeden önce p2 için join çağırır.
s5e2-line-pid = main, süreç kimliği { $value }
s5e2-line-worker = { $who }, süreç kimliği { $value_pid }, üst süreç { $value_parent }
s5e2-line-child = { $value_name } şu süreç kimliğiyle başlatıldı: { $value_pid }
s5e2-line-finished = İki süreç de bitti
s5e2-line-alive = { $value_when ->
    [before] { $value_name }, başlamadan önce: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
    [running] { $value_name }, çalışırken: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
   *[joined] { $value_name }, join'den sonra: { $value_alive ->
        [true] canlı
       *[false] canlı değil
    }
}

## s5e3

s5e3-title = Paylaşılan bellekte bir değer ve bir dizi
s5e3-scenario-1 = Alt süreç paylaşılan belleğe yazar
s5e3-scenario-2 = Alt süreç kendi kopyalarına yazar
s5e3-scenario-3 = İki yazan, korumalı ve korumasız
s5e3-note-1 = Garanti: join'den sonra ana program 3.1415927 ve 0, -1, -2 diye süren sayıları okur; çünkü değer ve dizi iki sürecin de gördüğü bellektedir ve join, alt sürecin yazmasını ana programın okumasından önceye koyar.
s5e3-note-2 = Garanti: ana programda hâlâ 0 ve eski sayılar vardır. Yeni bir süreç bütün değişkenlerin kopyasını alır; değiştirdiğini başka kimse görmez. Sık yapılan yanlış: bunu programın bozukluğu sanmak ya da hiç fark etmemek.
s5e3-note-3 = Garanti: kilitle de tek bir atomik toplamayla da hiçbir şey yitmez. Üç ayrı adımda okumak, toplamak ve yazmak, öteki sürecin arada yazdığını yitirir; ne kadarının yittiği şanstır, bazen hiçbiri.
s5e3-line-value = { $who } değeri böyle görüyor: { $value }
s5e3-line-array = { $who } diziyi böyle görüyor: [{ $value }]
s5e3-line-add = { $value_how ->
    [steps] { $who } { $value_adds } kez topladı, ayrı adımlarla
    [locked] { $who } { $value_adds } kez topladı, kilidi tutarak
   *[atomic] { $who } { $value_adds } kez topladı, atomik olarak
}
s5e3-line-total = { $value_how ->
    [steps] ayrı adımlarla: { $value_total }, olması gereken { $value_wanted }
    [locked] kilidi tutarak: { $value_total }, olması gereken { $value_wanted }
   *[atomic] atomik olarak: { $value_total }, olması gereken { $value_wanted }
}

## s5e4

s5e4-title = Yönetici: kendi sürecinde yaşayan bir sözlük ve bir liste
s5e4-scenario-1 = Alt süreç ikisini de değiştirir, ana program okur
s5e4-scenario-2 = Sözlüğün içinde bir liste: kopyayı değiştirmek ve yerinde değiştirmek
s5e4-scenario-3 = İki alt süreç aynı sözlüğü ve aynı listeyi değiştirir
s5e4-note-1 = Garanti: ana program alt sürecin değiştirdiğini görür; çünkü ikisi de sözlüğün ve listenin sahibi olan aynı sunucu sürecine sorar ve ana program join'den sonra sorar. Anahtarlar geldikleri sırayla kalır. Bedeli: her erişim sunucuya gidip dönen bir iletidir, paylaşılan bellekten kat kat yavaştır. Sık yapılan yanlış: sıradan bir sözlük kullanmak; o zaman alt süreç kendi kopyasını değiştirir, ana program ise boş bir sözlük görür.
s5e4-note-2 = Garanti: sunucudan alınan şey bir kopyadır; onu değiştirmek, geri konana dek orada hiçbir şeyi değiştirmez. Vekil nesnesi (proxy) üzerinden yerinde değiştirilen bir liste ise o anda herkes için değişmiştir. Sık yapılan yanlış: içteki listeyi alıp değiştirmek ve geri koymayı unutmak.
s5e4-note-3 = Garanti: hiçbir değişiklik yitmez, çünkü sunucu her seferinde tek bir komutu yerine getirir: eklenen bütün sayılar, her alt sürecinkiler artan sırayla olmak üzere listededir ve toplam doğrudur. İki alt sürecin nasıl karıştığı şanstır. Sık yapılan yanlış: bir sayıyı okumak, bir eklemek ve geri yazmak; bunlar iki komuttur, öteki alt süreç araya girebilir. Toplama tek bir komut olmalıdır.
s5e4-line-change = { $who } (süreç { $value_pid }) yöneticinin (süreç { $value_server }) nesnelerini değiştiriyor
s5e4-line-dict = sözlük: { $value_content }
s5e4-line-list = liste: { $value_content }
s5e4-line-copy = { $who } kopyasını değiştirdi; sunucuda hâlâ { $value_content }
s5e4-line-assign = { $who } kopyasını geri koydu; sunucuda { $value_content }
s5e4-line-proxy = { $who } listeyi yerinde değiştirdi; sunucuda { $value_content }
s5e4-line-append = { $who } ekledi: { $value }

## s5e5

s5e5-title = Süreç havuzuyla kareler
s5e5-scenario-1 = Her çekirdek için bir işçisi olan havuz (ya da seçtiğiniz kadar)
s5e5-scenario-2 = Tek işçili havuz
s5e5-scenario-3 = İki işçili havuz
s5e5-note-1 = Garanti: karelerin listesi en son ve girdilerin sırasıyla gelir; hiçbir zaman işçi sayısından çok farklı süreç kimliği görülmez. Hangi sayının hangi işçiye düştüğü şanstır, hızlı bir işçi hepsini bile yapabilir. Sık yapılan yanlış: havuzun tek bir işlemi bütün çekirdeklere böldüğünü sanmak. Havuz girdileri dağıtır; her birini tek bir süreç işler.
s5e5-note-2 = Garanti: tek bir süreç kimliği ve girdilerin sırasıyla sayılar, çünkü alacak başka kimse yoktur. Tek işçili havuz, bir listeyi baştan sona yapan bir süreçtir.
s5e5-note-3 = Garanti: en çok iki süreç kimliği ve işçi sayısı kaç olursa olsun aynı kareler listesi. İşçi sayısı süreyi değiştirir, sonucu hiçbir zaman.
s5e5-line-work = { $value_input } girdisini işleyen işçinin süreç kimliği: { $index }
s5e5-line-result = { $value }
