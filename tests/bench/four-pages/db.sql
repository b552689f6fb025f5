-- db.sql: 200 children, each with texts of its own: 2,700 characters, about 540 of them distinct. Drawn by lot from the 1,000 that
-- are commonest in school records, commoner ones more often; the lots are a row of numbers, so every run has the same texts.

CREATE TABLE pool (n INTEGER PRIMARY KEY, c TEXT);
WITH RECURSIVE
    every(text) AS (VALUES (
        '学的家了云岭一爸妈区你镇在号州长好市作村生不校工省组们话业有与上心中信子父书亲母师义遵无电贵次多同新外我到奶安人孩爷情时'
        || '正康播老小来健能成常期照较动要周男已用出加本女全写语理护文务体回农下通道会和提社祖里教江参着年课每路谈卫良说活册月感少数'
        || '完天请主室点东打边致代分大身意族建封平习班后自开明任帮使做为看院个定送公是水面画单交方告集石就讲过坪听近望晚汉报高给比关'
        || '儿事导强记持员读未更法想保议谢般知步醒接街表进广注题海对双爱委系息希字笋起祝童需初元力山兴钟诉阳助吃责托餐由从队手地联档'
        || '前花河衣况春很继车续留守该整查容得按转以汇去把英难岩第视于科支眼宿位放钱朗结再物样玩思愿检困口青低还树访顺让换辅及叮嘱别'
        || '合格现向走发实优寄这睡律没确日改反浙远包示半佳越静共顾住此级背乐杠晨饭节零执错利舍黄案秀己张监栋西待行些服问功等纪频绩几'
        || '协防食采坐快见办堂固重核苦件盼绪肯养始德金绘料玉材三婆争龙红谨永管洁治光今馈门辛制另片解最入宁火林劳失诗排午备量都影当笑'
        || '依他机可约缺显病基相敬响波末弟之毕宝华敏干志先收名跟乘测许性头塘福湾博耍田店吵积拾苏玲陈商洗伯所二录部网厂努算遍言如尊极'
        || '世荣间伴各展项拉候至或余早兰太属露计诵松南吴觉维准么神拖练并故何笔喝泽纸邻誉团磨居像印考泥鹏批蔡嘉超峰民处目衡假才雨涵均'
        || '六签游晓温懂夫脑真具图番筋座球马美订古专莞念流赵跃费辈丽户暑往楼层补鞋式返忙浩选认辣椒临曹飞饮银唱度乌沿杨司辉佛急特五躁'
        || '易珍李带应彩误稳端环卑涛复鼓迎抄被坡罗菲种植齐胡川冯友燕原肖患棉果落潘设振什阅殖昆剑锋砺勉遇忘彭鑫立添深圳资吧掉油消芳翔'
        || '陪填刘姨内乡轩欣哭睿艳草配答怕星溺航袁梁铭洞俊邓验旭奖炼孙妍经徐毛私萱创颖暖雅因湖茶担弱磊紫差妹品豪郭瑶礼异恒泳皓晋九唐'
        || '调限鹰婷求冬愧疚馨清冰朱敢其曾率词线规炉锻迹潦足北仑药也若细救董卷杭窗王页辆韩桌举赛首找卖摄又毅舅慢黑领坝尖堡场姑苗气麻'
        || '窝乱触净供朋杰微冒拨历国乒乓督促素悦铅达仍尚娜宇厦凯却慧控茄拐骗断竹坳宋夜蒋琪梦段营郑润彬扬励逗买稠偏瓯疏桂饱澡险璐运群'
        || '蜡溪台倾房受扶鸭雪装炒锦沉偶泣危怡热谷育埭那欠夹催倩薄眠庆贯默禺城园预础香尔份劝众叫映剪夏趟苞萧程退盲贴篇寡皮床态趣够瑞'
        || '编色四虫攒统綦丝踏增粉试吗列只布惜幼伞秦篮操仡佬货惯便类陌牢洋芋压漏板朵凤菊炎观扫两登付化泼嗯丹汤融洽针启夸范闹咬哪蓉穆'
        || '克脚鲜仕获庭申脸摘湿总百牛察兵识累黎昌亮短廖矛盾魏雷熊铁霉孢屋莉薛菜桥白将霞肉坛')),
    at(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM at WHERE n < 1000)
INSERT INTO pool SELECT n, substr(text, n, 1) FROM every, at;

CREATE TABLE child (id INTEGER PRIMARY KEY, name TEXT, photo TEXT);
CREATE TABLE note (child_id INTEGER, part INTEGER, line INTEGER, on_date TEXT, words TEXT);
CREATE TABLE mark (child_id INTEGER, exam TEXT, step INTEGER);

-- Lots: child, part 0 to 4, line, place in the line. Part 0 is running text of 6 paragraphs, 1 to 4 are tables of 8 rows.
CREATE TABLE lot (child_id INTEGER, part INTEGER, line INTEGER, n INTEGER);
WITH RECURSIVE
    draw(i, x) AS (VALUES (0, 20261125) UNION ALL SELECT i + 1, (x * 1103515245 + 12345) & 0x7FFFFFFF FROM draw WHERE i < 200 * 2180 - 1)
INSERT INTO lot
SELECT i / 2180 + 1, CASE WHEN i % 2180 < 720 THEN 0 ELSE (i % 2180 - 720) / 365 + 1 END,
       CASE WHEN i % 2180 < 720 THEN i % 2180 / 120 ELSE (i % 2180 - 720) % 365 / 46 END,
       1 + CAST(820.0 * u * u * u * u * u AS INTEGER)
FROM (SELECT i, (x >> 8) / 8388608.0 AS u FROM draw);

INSERT INTO note
SELECT child_id, part, line, printf('2026-%02d-%02d', 9 + line % 3, 1 + line * 3), group_concat(c, '')
FROM lot JOIN pool ON pool.n = lot.n GROUP BY child_id, part, line;
CREATE INDEX note_of ON note (child_id, part);
INSERT INTO child SELECT DISTINCT child_id, (SELECT substr(words, 1, 3) FROM note WHERE note.child_id = lot.child_id), 'photo.jpg' FROM lot;
INSERT INTO mark SELECT child.id, value, 1 + (child.id * 7 + key * 3) % 4 FROM child, json_each('["期中", "期末", "月考", "二模", "三模"]');
CREATE INDEX mark_of ON mark (child_id);
DROP TABLE lot;
