/* column_words.c: the columns that people mean who write the words of the form for them. Only a message says so. */
#include "data/data.h"

#include "base/nearest.h"

/* Each with the columns of the database and of the layouts' queries that are called so, parted by |; the first that is there. */
static const char *const meanings[][2] = {
    {"姓名", "name|adult"},
    {"学生姓名", "name"},
    {"儿童姓名", "name"},
    {"性别", "gender"},
    {"民族", "ethnic"},
    {"出生日期", "birth"},
    {"出生年月", "birth"},
    {"生日", "birth"},
    {"身份证", "id_card"},
    {"身份证号", "id_card"},
    {"身份证号码", "id_card"},
    {"学校", "school|name"},
    {"学校名称", "school|name"},
    {"班级", "class"},
    {"年级", "grade"},
    {"班主任", "head"},
    {"班主任电话", "head_phone"},
    {"电话", "phone|head_phone"},
    {"联系电话", "phone|head_phone"},
    {"手机", "phone"},
    {"手机号", "phone"},
    {"地址", "address"},
    {"住址", "address"},
    {"家庭住址", "address"},
    {"村", "village"},
    {"村组", "village"},
    {"档号", "dossier_no|no"},
    {"档案号", "dossier_no|no"},
    {"编号", "no|dossier_no|code|number"},
    {"学号", "student_no|local_no"},
    {"学籍号", "student_no"},
    {"关系", "relation"},
    {"称谓", "relation"},
    {"务工地", "place|work_place"},
    {"务工地点", "work_place|place"},
    {"类别", "kind"},
    {"类型", "kind"},
    {"月份", "ym|month"},
    {"次数", "calls|count|n"},
    {"通话次数", "calls"},
    {"人数", "children|count|n"},
    {"备注", "note|remark"},
    {"照片", "photo|photo_path"},
    {"日期", "day|date|on|filled_on"},
    {"校长", "principal"},
    {"总数", "total|count|n"},
    {"合计", "total|sum"},
    {"金额", "amount"},
    {"成绩", "score|mark"},
    {"分数", "score|mark"},
};

/* 按姓名 is 姓名. */
static struct str without_by(struct str written) {
    return str_starts(written, STR("按")) && written.n > 3 ? str_slice(written, 3, written.n) : written;
}

/* Tables and views in the words of those who fill them. */
static const char *const tables[][2] = {
    {"学生", "student"},
    {"学生表", "student"},
    {"儿童", "child"},
    {"留守儿童", "child"},
    {"在册儿童", "child"},
    {"children", "child"},
    {"学校", "school"},
    {"学校表", "school"},
    {"班级", "class"},
    {"家庭", "family_member"},
    {"家庭成员", "family_member"},
    {"监护人", "family_member"},
    {"家长", "family_member"},
    {"父母", "family_member"},
    {"parents", "family_member"},
    {"guardian", "family_member"},
    {"教师", "staff"},
    {"老师", "staff"},
    {"教职工", "staff"},
    {"teacher", "staff"},
    {"村", "village"},
    {"学期", "semester"},
    {"term", "semester"},
    {"代理家长", "carer"},
    {"结对", "pairing"},
    {"结对人员", "child_carer"},
    {"奖项", "award"},
    {"获奖", "award_printed"},
    {"证书", "award_printed"},
    {"成绩", "mark"},
    {"活动", "activity"},
    {"捐赠", "donation"},
    {"乘车", "ride"},
    {"车辆", "vehicle"},
    {"健康", "health"},
    {"月记录", "child_month"},
    {"会议", "meeting"},
};

struct str table_meant(struct str name, const struct str *candidates, size_t count) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (size_t j = 0; str_is(name, tables[i][0]) && j < count; j++) {
            if (str_is(candidates[j], tables[i][1])) {
                return candidates[j];
            }
        }
    }
    return nearest_name(name, candidates, count);
}

struct str column_meant(struct str written, const struct str *names, size_t count) {
    written = without_by(written);
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        struct str rest = str_is(written, meanings[i][0]) ? str_from(meanings[i][1]) : STR_NONE;
        while (rest.n > 0) {
            const struct str meant = str_split(rest, '|', &rest);
            for (size_t j = 0; j < count; j++) {
                if (str_eq(names[j], meant)) {
                    return names[j];
                }
            }
        }
    }
    return nearest_name(written, names, count);
}
