package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.RejectReason;
import org.sqltune.postgres.proof.Verdict;

/** Dates by chance, with month ends and leap days among them, moved and written in every way that is converted. */
@ExtendWith(SharedServer.class)
class ProvedDatesTest {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int ROWS = 60;

    @TempDir
    private static Path folder;

    private static BothDatabases both;

    @BeforeAll
    static void copy(PostgresServer server) {
        Random random = new Random(5);
        String rows = IntStream.range(0, ROWS)
                .mapToObj(id -> {
                    LocalDateTime moment = LocalDateTime.of(2000, 1, 1, 0, 0)
                            .plusDays(random.nextInt(9000))
                            .plusSeconds(random.nextInt(86_400));
                    // Every third is a month's last day.
                    LocalDateTime chosen =
                            id % 3 == 0 ? moment.withDayOfMonth(1).minusDays(1) : moment;
                    String text = SECONDS.format(chosen);
                    return "(" + id + ", '" + text.substring(0, 10) + "', '" + text + "', '" + text + "')";
                })
                .collect(Collectors.joining(", "));
        both = BothDatabases.of(
                server,
                folder,
                "CREATE TABLE d (id INTEGER PRIMARY KEY, day DATE, moment DATETIME, text TEXT);\nINSERT INTO d VALUES "
                        + rows + ", (98, NULL, NULL, NULL), (99, NULL, NULL, 'never')");
    }

    @AfterAll
    static void close() {
        both.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 day",
                "-1 day",
                "+30 days",
                "+1 month",
                "-1 month",
                "+11 months",
                "+1 year",
                "-4 years",
                "+1 hour",
                "-90 minutes",
                "+86399 seconds",
                "+1.5 hours",
                "start of month",
                "start of year",
                "start of day"
            })
    void movedDatesAreTheSame(String modifier) {
        both.assertProved("SELECT id, date(day, '" + modifier + "') FROM d");
        both.assertProved("SELECT id, datetime(moment, '" + modifier + "') FROM d");
        both.assertProved("SELECT id, datetime(text, '" + modifier + "', '+1 day') FROM d WHERE id < 98");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%Y",
                "%m",
                "%d",
                "%H",
                "%M",
                "%S",
                "%j",
                "%w",
                "%s",
                "%Y-%m",
                "%Y-%m-%d",
                "%d/%m/%Y",
                "%H:%M:%S",
                "%Y week",
                "%F %T",
                "%m%d",
                "100%%"
            })
    void writtenDatesAreTheSame(String format) {
        both.assertProved("SELECT id, strftime('" + format + "', day) FROM d");
        both.assertProved("SELECT id, strftime('" + format + "', moment) FROM d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strftime('%Y', day) = '2010'",
                "strftime('%Y', day) BETWEEN '2005' AND '2010'",
                "strftime('%m', moment) IN ('02', '12')",
                "CAST(strftime('%Y', day) AS INTEGER) % 4 = 0",
                "day > '2012'",
                "day >= '2012-06-15'",
                "moment < '2012-06-15 12:00:00'",
                "moment LIKE '%-02-29%'",
                "day BETWEEN '2001-01-01' AND '2001-12-31'",
                "date(moment) = day",
                "moment > day",
                "julianday(moment) - julianday(day) < 0.5",
                "substr(day, 1, 4) = '2003'",
                "day = '2004-02-29' OR day IS NULL"
            })
    void datesAreComparedTheSame(String condition) {
        both.assertProved("SELECT count(*), count(day) FROM d WHERE " + condition);
        both.assertProvedOrRefused("SELECT id FROM d WHERE NOT (" + condition + ")");
    }

    @Test
    void yearsAndMonthsGroupTheSame() {
        for (String key :
                List.of("strftime('%Y', day)", "strftime('%m', moment)", "substr(day, 1, 7)", "date(moment)")) {
            both.assertProved("SELECT " + key + ", count(*) FROM d GROUP BY " + key + " ORDER BY count(*) DESC, 1");
        }
        both.assertProved("SELECT min(day), max(day), max(moment), count(DISTINCT strftime('%Y', day)) FROM d");
    }

    @Test
    void textThatIsNoDateIsNull() {
        both.assertProved("SELECT id, date(text) FROM d");
        both.assertProved("SELECT count(strftime('%Y', text)), count(text) FROM d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weekday 0", "localtime", "ceiling", "+1 fortnight", "+1.5 months", "start of week"})
    void aModifierThatIsntConvertedIsNamed(String modifier) {
        Verdict verdict = both.prove("SELECT date(day, '" + modifier + "') FROM d WHERE id < 98");

        assertThat(verdict.reason()).isEqualTo(RejectReason.CONVERSION);
        assertThat(verdict.detail()).containsAnyOf(modifier, "a part of a month");
    }

    @Test
    void theDayOfTodayIsThatOfUtc() {
        both.assertProved("SELECT date('now') = CURRENT_DATE, date('now') > '2020-01-01'");
        both.assertProved("SELECT strftime('%Y', 'now') - strftime('%Y', day) > 0 FROM d WHERE id < 98");
    }
}
