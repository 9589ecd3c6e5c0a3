package org.sqltune.postgres;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.postgres.proof.PostgresServer;

/** SQLite's functions and casts return the same from PostgreSQL, of every kind of value. */
@ExtendWith(SharedServer.class)
class ProvedFunctionsTest {
    @TempDir
    private static Path folder;

    private static BothDatabases both;

    @BeforeAll
    static void copy(PostgresServer server) {
        both = BothDatabases.of(server, folder, BothDatabases.KINDS);
    }

    @AfterAll
    static void close() {
        both.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "length(t)",
                "length(n)",
                "length(day)",
                "length('')",
                "length(NULL)",
                "upper(t)",
                "lower(t)",
                "upper(digits)",
                "lower(day)",
                "trim(t)",
                "trim(t, 'an')",
                "ltrim(t, 'A')",
                "rtrim(t, 'nx')",
                "trim('  ' || t || ' ')",
                "trim(n)",
                "replace(t, 'n', 'mm')",
                "replace(t, '', 'x')",
                "replace(t, 'ann', '')",
                "replace(digits, '3', '4')",
                "instr(t, 'n')",
                "instr(t, '')",
                "instr(t, 'zzz')",
                "instr(digits, 1)",
                "substr(t, 1)",
                "substr(t, 2)",
                "substr(t, 0)",
                "substr(t, -1)",
                "substr(t, -2)",
                "substr(t, -9)",
                "substr(t, 1, 2)",
                "substr(t, 2, 1)",
                "substr(t, 0, 2)",
                "substr(t, -2, 1)",
                "substr(t, 3, 99)",
                "substr(t, 1, 0)",
                "substr(day, 1, 4)",
                "substr(moment, -8)",
                "substring(t, 2)",
                "substr(t, instr(t, 'n') + 1, 2)",
                "concat(t, n, NULL, day)",
                "t || n",
                "n || big",
                "day || '!'"
            })
    void textFunctions(String call) {
        both.assertProved("SELECT id, " + call + " FROM v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abs(n)",
                "abs(r)",
                "abs(dec)",
                "abs(big)",
                "abs(digits)",
                "abs(-3.5)",
                "round(r)",
                "round(dec)",
                "round(n)",
                "round(r, 1)",
                "round(dec, 1)",
                "round(-r)",
                "round(2.5)",
                "round(0.5)",
                "round(-1.5)",
                "round(1.25, 1)",
                "round(n / 3.0, 3)",
                "sign(n)",
                "sign(r)",
                "ceil(r)",
                "floor(r)",
                "ceiling(dec)",
                "floor(-dec)",
                "sqrt(abs(n))",
                "power(n, 2)",
                "pow(r, 2)",
                "exp(0)",
                "ln(1)",
                "max(n, 4)",
                "min(n, r)",
                "max(n, r, dec)",
                "min(digits, 't')",
                "max(day, '2015-01-01')",
                "ifnull(n, 0)",
                "ifnull(t, 'none')",
                "ifnull(n, 'none')",
                "coalesce(n, r, 0)",
                "coalesce(t, digits, '')",
                "nullif(n, 3)",
                "nullif(t, 'ann')",
                "nullif(digits, 3)",
                "nullif(flag, 1)",
                "iif(n > 0, 'plus', 'minus')",
                "iif(flag, n, -n)",
                "iif(n IS NULL, 0, 1)",
                "likely(n)",
                "CASE WHEN n > 3 THEN n ELSE t END",
                "CASE n WHEN 3 THEN 'three' WHEN 0 THEN 'zero' END",
                "CASE t WHEN 'ann' THEN 1 ELSE 0.5 END",
                "CASE WHEN t LIKE 'a%' THEN day ELSE moment END"
            })
    void numbersAndChoices(String call) {
        both.assertProved("SELECT id, " + call + " FROM v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date(day)",
                "date(moment)",
                "datetime(day)",
                "datetime(moment)",
                "time(moment)",
                "date(day, '+1 day')",
                "date(day, '-1 month')",
                "date(day, '+1 month')",
                "date(day, '+1 year')",
                "date(day, '-4 years')",
                "date(day, 'start of month')",
                "date(day, 'start of year', '+3 days')",
                "date(moment, 'start of day')",
                "date(day, 'start of month', '+1 month', '-1 day')",
                "datetime(moment, '+36 hours')",
                "datetime(moment, '-90 seconds')",
                "datetime(moment, '+1.5 hours')",
                "date('2014-02-28', '+1 day')",
                "date('2016-01-31', '+1 month')",
                "strftime('%Y', day)",
                "strftime('%m', day)",
                "strftime('%d', day)",
                "strftime('%Y-%m', day)",
                "strftime('%Y-%m-%d', moment)",
                "strftime('%H:%M', moment)",
                "strftime('%H', moment)",
                "strftime('%S', moment)",
                "strftime('%j', day)",
                "strftime('%w', day)",
                "strftime('%s', moment)",
                "strftime('%d.%m.%Y', day)",
                "strftime('year %Y', day)",
                "strftime('%Y%%', day)",
                "strftime('%F', moment)",
                "strftime('%T', moment)",
                "strftime('%H:%M:%f', moment)",
                "unixepoch(moment)",
                "julianday(day)",
                "julianday(moment) - julianday(day)",
                "CAST(strftime('%Y', day) AS INTEGER) + 1",
                "strftime('%Y', day) = '2014'",
                "strftime('%Y', day) > '2000'",
                "strftime('%m', day) = '02'",
                "date(1393545600, 'unixepoch')"
            })
    void datesAndTimes(String call) {
        both.assertProved("SELECT id, " + call + " FROM v");
    }

    @Test
    void everyKindIsCastToEveryType() {
        for (String type : List.of("INTEGER", "INT", "BIGINT", "REAL", "FLOAT", "DOUBLE", "TEXT", "VARCHAR(9)")) {
            for (String column : List.of("n", "big", "r", "dec", "flag", "t", "digits", "day")) {
                both.assertProvedOrRefused("SELECT id, CAST(" + column + " AS " + type + ") FROM v");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST('12abc' AS INTEGER)", "CAST('abc' AS INTEGER)", "CAST('' AS INTEGER)", "CAST(' 7' AS INTEGER)",
                "CAST('-3.9' AS INTEGER)", "CAST(-3.9 AS INTEGER)", "CAST(3.9 AS INT)", "CAST('1.5' AS REAL)",
                "CAST(7 AS TEXT)", "CAST(NULL AS INTEGER)", "CAST('9' AS NUMERIC)", "CAST(n AS REAL) / 2",
                "CAST(digits AS INTEGER) * 2", "CAST(r AS INTEGER) / 2", "CAST(t AS INTEGER)", "CAST(day AS TEXT)",
                "CAST(SUM(n) AS REAL) / COUNT(*)", "AVG(CAST(digits AS INTEGER))", "SUM(CAST(flag AS INTEGER))"
            })
    void aCastReadsAsFarAsItIsANumber(String cast) {
        both.assertProved("SELECT " + cast + " FROM v GROUP BY id, n, digits, r, t, day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf('%d', n)",
                "format('%d', n)",
                "hex(t)",
                "quote(t)",
                "typeof(n)",
                "random()",
                "unicode(t)",
                "char(65)",
                "last_insert_rowid()",
                "date('2015-02-29')",
                "date(day, 'weekday 1')",
                "strftime(t, day)",
                "date(day, n || ' days')",
                "strftime('%W', day)"
            })
    void whatIsntConvertedIsSaid(String call) {
        both.assertProvedOrRefused("SELECT id, " + call + " FROM v WHERE id < 0");
    }
}
