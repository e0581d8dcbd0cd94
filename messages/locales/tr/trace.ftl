# `weft trace`: the timeline of any program.

help-trace = Herhangi bir programı çalıştırır ve iş parçacıklarıyla süreçlerinin ne yaptığını gösterir
help-trace-after = Girdi, çıktı ve çıkış kodu programın kendisinindir (onu bir sinyal bitirdiyse 128 artı sinyalin numarası). Yalnızca çalıştırılamazsa: yanlış çağrı için 2, bu makinede bir şey eksikse 3. Yazılacak dosya verilmezse zaman çizelgesi, program bittikten sonra standart hataya metin olarak gelir.
help-trace-timeline = Zaman çizelgesini bu dosyaya çizer
help-trace-json = JSON belgesini bu dosyaya yazar
help-trace-program = Program ve argümanları, en iyisi `--` işaretinden sonra

error-trace = Program burada izlenemiyor.
error-trace-cause = { $reason }
error-trace-next = `weft doctor` bu makineyi denetler.
error-trace-start = { $program } başlatılamadı.
error-trace-start-cause = { $reason }
error-trace-start-next = `weft trace` olmadan çalışıp çalışmadığına bakın.
error-trace-missing = “{ $program }” adında bir program yok.
error-trace-missing-next = Yolunu verin, örneğin `./{ $program }`, ya da `PATH` klasörlerinden birindeki bir adı.
error-trace-no-file = { $program } diye bir dosya yok.
error-trace-no-file-next = Programın yolunu denetleyin.
error-trace-not-executable = { $program } çalıştırılabilir bir program değil.
error-trace-not-executable-next = Program olması gerekiyorsa `chmod +x { $program }` onu çalıştırılabilir yapar.
error-trace-static = { $program } izlenemiyor.
error-trace-static-cause = Statik bağlanmış: sistemle doğrudan konuşuyor, araya bir şey konamıyor.
error-trace-static-next = Dinamik bağlayarak derleyin: Rust, `gnu` hedefleri için bunu kendiliğinden yapar.
error-trace-foreign = { $program } izlenemiyor.
error-trace-foreign-cause = Bu makineden başka tür bir makine için derlenmiş.
error-trace-foreign-next = Bu makine için derleyin.
error-trace-rights = { $program } izlenemiyor.
error-trace-rights-cause = Başka bir kullanıcının haklarıyla çalışıyor; sistem böyle programların önüne kitaplık konmasına izin vermez.
error-trace-rights-next = Sahibi olduğunuz bir kopyasını izleyin: kopyada böyle haklar yoktur.
error-trace-nothing = Program çalıştı ama hiçbir şeyi görülmedi.
error-trace-nothing-cause = Boş bir ortamda ya da kendi kapsayıcısında başlatılmış olabilir.
error-trace-nothing-next = İçteki programı doğrudan izleyin.
