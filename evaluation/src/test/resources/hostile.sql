## refused
DROP TABLE staff
DELETE FROM staff
DELETE FROM staff RETURNING id
UPDATE staff SET salary = 0
INSERT INTO staff(id) VALUES (99)
REPLACE INTO staff(id) VALUES (1)
ALTER TABLE staff RENAME TO gone
CREATE TABLE more (a)
CREATE TEMP TABLE more (a)
CREATE VIEW v AS SELECT 1
CREATE INDEX i ON staff(salary)
CREATE TRIGGER t AFTER INSERT ON staff BEGIN DELETE FROM staff; END
CREATE VIRTUAL TABLE f USING fts5(a)
ATTACH DATABASE 'other.sqlite' AS other
ATTACH ':memory:' AS m
DETACH DATABASE main
PRAGMA writable_schema = ON
PRAGMA query_only = OFF
PRAGMA journal_mode = WAL
PRAGMA user_version = 7
PRAGMA temp_store_directory = '/'
PRAGMA table_info(staff)
VACUUM
VACUUM INTO 'copy.sqlite'
REINDEX
ANALYZE
BEGIN IMMEDIATE
COMMIT
SAVEPOINT s
EXPLAIN SELECT 1
EXPLAIN QUERY PLAN SELECT 1
backup to copy.sqlite
restore from copy.sqlite
.shell touch copied
WITH s AS (SELECT 1) DELETE FROM staff RETURNING id
WITH s AS (SELECT 1) INSERT INTO staff(id) SELECT * FROM s RETURNING id
WITH s AS (SELECT 1) UPDATE staff SET salary = 0 RETURNING id
SELECT 1; DROP TABLE staff
SELECT 1;DELETE FROM staff;--
SELECT 1 /* ; */ ; /* hidden */ DELETE FROM staff
SELECT ';' ; -- only a comment\nDROP TABLE staff
/* SELECT */ DROP TABLE staff -- SELECT 1
-- SELECT 1\nDROP TABLE staff
SELECT 1\0; DROP TABLE staff
SELECT 1 \u037e DROP TABLE staff
\uff33\uff25\uff2c\uff25\uff23\uff34 1
\u200bSELECT 1
SELECT\u00a01
SELECT 1 \u202e ; DROP TABLE staff
SELECT load_extension('evil')
SELECT load_extension('evil', 'sqlite3_evil_init')
SELECT readfile('/etc/passwd')
SELECT writefile('copied', 'x')
SELECT edit('x')
SELECT * FROM fsdir('/')
SELECT * FROM other.sqlite_master
SELECT fts3_tokenizer('simple', x'4141414141414141')
SELECT zeroblob(1000000000)
SELECT length(zeroblob(2147483647))
SELECT length(randomblob(1000000000))
SELECT length(printf('%.*c', 1000000000, 'x'))
SELECT length(printf('%1000000000d', 1))
SELECT length(format('%.*f', 2000000000, 1.5)) + length(zeroblob(2000000))
SELECT length(replace(printf('%.*c', 100000, 'x'), 'x', printf('%.*c', 100000, 'y')))
SELECT length(replace(replace(replace(hex(zeroblob(50)), '0', hex(zeroblob(50))), '0', hex(zeroblob(50))), '0', hex(zeroblob(50))))
SELECT group_concat(printf('%.*c', 10000, 'x')) FROM staff a, staff b, staff c, staff d
SELECT json_group_array(hex(randomblob(5000))) FROM staff a, staff b, staff c, staff d
SELECT length(replicate('x', 900000000))
SELECT padl('x', 900000000)
SELECT hex(zeroblob(900000)) || hex(zeroblob(900000))
SELECT quote(zeroblob(900000))
SELECT {REPEAT 5000 (}1{REPEAT 5000 )}
SELECT {REPEAT 5000 NOT }1
SELECT {REPEAT 5000 -(}1{REPEAT 5000 )}
SELECT 1 WHERE {REPEAT 5000 1 AND }1
SELECT {REPEAT 2000 CASE WHEN 1 THEN }1{REPEAT 2000  END}
SELECT * FROM {REPEAT 3000 (SELECT * FROM }staff{REPEAT 3000 )}
SELECT 1{REPEAT 5000  UNION ALL SELECT 1}
SELECT 1{REPEAT 5000 , 1}
SELECT 1 FROM staff{REPEAT 100 , staff}
SELECT '{REPEAT 200000 x}'
SELECT printf('%.*c', 900000, 'a') GLOB '{REPEAT 200 *[a-z]}*b'
WITH a AS (SELECT 1 x UNION ALL SELECT 2){CHAIN 26}SELECT count(*) FROM t26
## costly
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c WHERE x < 0
WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT x FROM c ORDER BY x DESC
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT c.x + d.id FROM c, staff d ORDER BY 1) SELECT max(x) FROM c
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT sum(length(randomblob(900000))) FROM c
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(DISTINCT hex(randomblob(50))) FROM c
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, sum(x) OVER (ORDER BY x DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM c
WITH RECURSIVE c(x, b) AS (SELECT 1, randomblob(1000) UNION ALL SELECT x + 1, randomblob(1000) FROM c) SELECT x FROM c ORDER BY b
SELECT count(*) FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g, staff h, staff i, staff j
SELECT max(a.salary * b.salary) FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g, staff h, staff i ORDER BY random()
SELECT DISTINCT a.salary + b.salary * c.salary - d.salary FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g, staff h, staff i LIMIT 5 OFFSET 1000000000
SELECT a.id FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g, staff h, staff i GROUP BY a.id, b.id, c.id, d.id, e.id, f.id HAVING count(*) < 0
SELECT id FROM staff WHERE (SELECT count(*) FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g, staff h WHERE a.id + b.id <> staff.id) < 0
SELECT instr(zeroblob(990000), CAST(zeroblob(490000) || 'x' AS BLOB)) FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g
SELECT trim(printf('%.*c', 900000, 'a'), replace(hex(zeroblob(30000)), '0', 'b') || 'a')
SELECT replace(printf('%.*c', 900000, 'a'), printf('%.*c', 450000, 'a') || 'b', '')
SELECT instr(printf('%.*c', 990000, 'a'), printf('%.*c', 490000, 'a') || 'b')
SELECT count(*) FROM json_each(json('[' || replace(hex(zeroblob(200000)), '0', '1,') || '1]')) a, json_each('[1,2,3,4,5,6,7,8,9]') b, staff c, staff d, staff e, staff f, staff g
SELECT max(length(hex(randomblob(400000)))) FROM staff a, staff b, staff c, staff d, staff e, staff f
SELECT sum(strfilter(printf('%.*c', 900000, 'a'), printf('%.*c', 900000, 'b')) = '') FROM staff
SELECT charindex(printf('%.*c', 400000, 'a') || 'b', printf('%.*c', 900000, 'a'))
## harmless
SELECT printf('%.*c', 900000, 'a') LIKE '{REPEAT 300 %a}%b'
SELECT printf('%.*c', 900000, 'a') LIKE '%{REPEAT 300 a_%}b'
SELECT printf('%.*c', 900000, 'a') GLOB '{REPEAT 300 *a}*b'
SELECT a.id FROM staff a, staff b, staff c, staff d, staff e, staff f, staff g, staff h, staff i
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, hex(randomblob(100000)) FROM c
SELECT {REPEAT 1500 randomblob(990000), }1
SELECT length({REPEAT 100 printf('%.*c', 990000, 'x') = }'y')
SELECT {REPEAT 100 zeroblob(900000), }1
SELECT * FROM pragma_table_info('staff')
SELECT * FROM pragma_user_version
SELECT * FROM pragma_database_list
SELECT * FROM pragma_function_list
SELECT * FROM sqlite_master
SELECT * FROM sqlite_temp_master
SELECT * FROM dbstat
SELECT * FROM sqlite_dbpage
SELECT last_insert_rowid(), changes(), total_changes(), sqlite_version()
SELECT id FROM staff WHERE name = '' OR 1=1 --'
SELECT 'DROP TABLE staff; DELETE FROM staff'
SELECT "DROP TABLE staff"
SELECT 1 /* never closed ; DROP TABLE staff
SELECT 1 -- \n;;;;
; SELECT 1 ;
\ufeffSELECT 1
SELECT '\u202e\u200b\ud83d\ude00\u0301'
SELECT x'00' || 'a\u00e9' || char(0, 1114111, 55296)
SELECT 1 WHERE 1 IN ({REPEAT 20000 1,}1)
