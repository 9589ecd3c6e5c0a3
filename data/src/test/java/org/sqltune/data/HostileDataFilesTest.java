package org.sqltune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.data.archive.Archives;
import org.sqltune.data.archive.UnpackingLimits;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.bird.BirdSource;
import org.sqltune.data.parquet.ParquetTable;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.source.GretelSource;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.data.source.SqlCreateContextSource;
import org.sqltune.data.spider.SpiderCsvSource;
import org.sqltune.data.spider.SpiderSource;
import org.sqltune.data.verify.DataVerifier;
import org.sqltune.data.wikisql.WikiSqlSource;

/**
 * Damaged files before every reader of data: each ends well or with one line of a user's words, which names the file and
 * what to do.
 */
class HostileDataFilesTest {
    /** Names of classes and of libraries, and what the virtual machine says of itself. */
    private static final Pattern INTERNAL = Pattern.compile("\\b(?:java|javax|org|com|io|de|sun)\\.\\w+\\.\\w+"
            + "|Exception|NullPointer|\\w+Error\\b|(?i:jackson|hadoop|thrift|fastcsv|parquet-mr|nesting depth)"
            + "|START_(?:ARRAY|OBJECT)|Source: |code \\d+|because \"|Index \\d+ out of|class \\w+ cannot");

    private static final Pattern REMEDY = Pattern.compile(
            "(?i)\\b(?:check|fetch|mend|remove|fill|make|write|name|rename|"
                    + "convert|save|unpack|download|take|use|put|add|needs?|end|give|say|run|drop|set|call|read it|keep|is gone)\\b");

    private static final String ROWS = """
            {"id": "a", "question": "How many?", "schema": "TABLE: a ( b (text) )", "sql": "SELECT count(*) FROM a", "explanation": "It counts."}
            {"id": "b", "question": "Größer als 3?", "schema": "TABLE: a ( b (text) )", "sql": "SELECT b FROM a WHERE b > 3"}
            """;
    private static final String TABLES = """
            [{"db_id": "shop", "table_names_original": ["item"], "table_names": ["item"],
              "column_names_original": [[-1, "*"], [0, "id"], [0, "name"]], "column_names": [[-1, "*"], [0, "id"], [0, "name"]],
              "column_types": ["text", "number", "text"], "primary_keys": [1], "foreign_keys": []}]
            """;
    private static final String SPIDER = """
            [{"db_id": "shop", "question": "Which items are there?", "query": "SELECT name FROM item"}]
            """;

    @TempDir
    private Path folder;

    /** Reads one file. */
    @FunctionalInterface
    interface Reader {
        void read(Path file) throws IOException;
    }

    /**
     * One kind of file before one reader.
     *
     * @param name the file's name, under which the reader looks for it
     * @param whole an undamaged one
     * @param around further files in the same folder
     */
    record Case(String reader, String name, byte[] whole, Map<String, String> around, Reader read) {
        @Override
        public String toString() {
            return reader + " of " + name;
        }
    }

    static Stream<Case> cases() throws IOException {
        String csv = "question,schema,sql\nHow many?,\"a, b\",SELECT 1\nGrößer?,s,\"SELECT \"\"b\"\"\"\n";
        String array = "[" + ROWS.strip().replace("\n", ",\n") + "]";
        String prompts = "{\"prompt\": \"p\", \"completion\": \"c\"}\n".repeat(3);
        String wikiTables =
                "{\"id\": \"t\", \"header\": [\"A\", \"B\"], \"types\": [\"text\", \"real\"], \"rows\": []}\n";
        String wiki = "{\"table_id\": \"t\", \"question\": \"?\", \"sql\": {\"sel\": 1, \"agg\": 5, \"conds\": []}}\n";
        String bird =
                "[{\"question_id\": 0, \"db_id\": \"shop\", \"question\": \"q\", \"evidence\": \"\", \"SQL\": \"SELECT 1\"}]";
        Reader spider = file -> new SpiderSource(file.getParent()).prepare();
        Reader own = file -> own(file);
        Map<String, String> none = Map.of();
        Map<String, String> tables = Map.of("tables.json", TABLES, "dev.json", SPIDER);
        Map<String, String> spiders = Map.of("train_spider.json", SPIDER, "dev.json", SPIDER);
        return Stream.of(
                new Case("own files", "rows.jsonl", utf8(ROWS), none, own),
                new Case("own files", "rows.json", utf8(array), none, own),
                new Case("own files", "rows.csv", utf8(csv), none, own),
                new Case("own files", "rows.tsv", utf8(csv.replace(',', '\t')), none, own),
                new Case("own files", "rows.parquet", resource("zstd-dictionary-v1.parquet"), none, own),
                new Case("own files", "v2.parquet", resource("snappy-plain-v2.parquet"), none, own),
                new Case("Parquet", "types.parquet", resource("types.parquet"), none, HostileDataFilesTest::table),
                new Case("prompts", "rows.jsonl", utf8(prompts), none, file -> PromptCompletionFile.read(file)),
                new Case("pairs", "rows.jsonl", utf8(ROWS), none, file -> PairFile.read(file)),
                new Case("pairs", "rows.csv", utf8(csv), none, file -> PairFile.read(file)),
                new Case("Gretel", "train.jsonl", utf8(gretel()), none, file -> new GretelSource(file).prepare()),
                new Case(
                        "sql-create-context",
                        "train.json",
                        utf8(
                                "[{\"question\": \"q\", \"context\": \"CREATE TABLE a (b TEXT)\", \"answer\": \"SELECT b FROM a\"}]"),
                        none,
                        file -> new SqlCreateContextSource(file, "", false).prepare()),
                new Case("Spider", "train_spider.json", utf8(SPIDER), tables, spider),
                new Case("Spider", "tables.json", utf8(TABLES), spiders, spider),
                new Case(
                        "Spider's CSV",
                        "spider_text_sql.csv",
                        utf8("text_query,sql_command\nHow many?,SELECT count(*) FROM item\n"),
                        Map.of("tables.json", TABLES, "train_spider.json", SPIDER),
                        file -> new SpiderCsvSource(file, file.getParent(), false).prepare()),
                new Case(
                        "WikiSQL",
                        "train.jsonl",
                        utf8(wiki),
                        Map.of("train.tables.jsonl", wikiTables),
                        HostileDataFilesTest::wikiSql),
                new Case(
                        "WikiSQL",
                        "train.tables.jsonl",
                        utf8(wikiTables),
                        Map.of("train.jsonl", wiki),
                        HostileDataFilesTest::wikiSql),
                new Case("BIRD", "dev.json", utf8(bird), Map.of("dev_tables.json", TABLES), HostileDataFilesTest::bird),
                new Case("BIRD", "dev_tables.json", utf8(TABLES), Map.of("dev.json", bird), HostileDataFilesTest::bird),
                new Case("archives", "a.zip", zip(), none, HostileDataFilesTest::unpack),
                new Case("archives", "a.tar", tar(), none, HostileDataFilesTest::unpack),
                new Case("archives", "a.tar.gz", gzip(tar()), none, HostileDataFilesTest::unpack),
                new Case("verification", "train.jsonl", utf8(ROWS), none, HostileDataFilesTest::verify),
                new Case(
                        "verification",
                        "train.parquet",
                        resource("gzip-plain-v1.parquet"),
                        none,
                        HostileDataFilesTest::verify));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDamagedFileEndsWellOrWithOneLineThatNamesItAndARemedy(Case each) throws IOException {
        readWhole(each);
        int refused = 0;
        for (Map.Entry<String, byte[]> damage :
                Corruption.of(each.whole, new Random(13)).entrySet()) {
            Path file = written(each, damage.getKey().replaceAll("\\W+", "_"), damage.getValue());
            refused += assertTimeoutPreemptively(
                            Duration.ofSeconds(30), () -> isRefused(each, damage.getKey(), file), damage.getKey())
                    ? 1
                    : 0;
        }
        assertThat(refused).isGreaterThan(14);
    }

    private void readWhole(Case each) throws IOException {
        Path file = written(each, "whole", each.whole);
        try {
            each.read.read(file);
        } catch (SqlTuneException e) {
            // One question of the Parquet files is null.
            assertThat(e).hasMessage(file + " row 3: \"question\" is null; fill it or remove the row");
        }
    }

    private static boolean isRefused(Case each, String damage, Path file) throws IOException {
        try {
            each.read.read(file);
            return false;
        } catch (SqlTuneException e) {
            assertThat(e.getMessage())
                    .as("%s, %s", each, damage)
                    .contains(file.getParent().getFileName().toString())
                    .doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u202a-\\u202e\\u2028\\u2029]")
                    .hasSizeLessThan(1_500)
                    .containsPattern(REMEDY)
                    .containsPattern("[:;.,]");
            assertThat(e.getMessage().replace(file.getParent().toString(), ""))
                    .as("%s, %s", each, damage)
                    .doesNotContainPattern(INTERNAL);
            return true;
        }
    }

    private Path written(Case each, String damage, byte[] bytes) throws IOException {
        Path place = Files.createDirectories(folder.resolve(damage + "-here"));
        for (Map.Entry<String, String> other : each.around.entrySet()) {
            Files.writeString(place.resolve(other.getKey()), other.getValue());
        }
        return Files.write(place.resolve(each.name), bytes);
    }

    private static void own(Path file) {
        RowKind.of(file);
        new OwnFilesSource(file, null, null).prepare();
    }

    private static void table(Path file) {
        try (ParquetTable table = ParquetTable.open(file, name -> true)) {
            while (table.next() != null) {
                Objects.requireNonNull(table.columns());
            }
        }
    }

    private static void wikiSql(Path file) {
        new WikiSqlSource(file.getParent()).prepare();
    }

    private static void bird(Path file) {
        new BirdSource(file.getParent(), "", false, false).prepare();
    }

    private static void unpack(Path file) {
        new Archives(UnpackingLimits.DEFAULTS).unpacked(file);
    }

    /** Faults are the verification's result, and are told in the same words. */
    private static void verify(Path file) {
        var verification = new DataVerifier(Dataset.GRETEL).verify(file);
        verification.files().stream()
                .map(each -> each.firstFault())
                .filter(fault -> !fault.isEmpty())
                .findFirst()
                .ifPresent(fault -> {
                    throw new SqlTuneException(fault);
                });
    }

    private static String gretel() {
        return "{\"id\": 1, \"sql_prompt\": \"q\", \"sql_context\": \"CREATE TABLE a (b INT)\", \"sql\": \"SELECT b FROM a\"}\n"
                .repeat(2)
                .replaceFirst("\"id\": 1", "\"id\": 2");
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
            add(out, new ZipArchiveEntry("folder/a.json"));
            add(out, new ZipArchiveEntry("b.json"));
        }
        return bytes.toByteArray();
    }

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            for (String name : new String[] {"folder/a.json", "b.json"}) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(ROWS.getBytes(StandardCharsets.UTF_8).length);
                add(out, entry);
            }
        }
        return bytes.toByteArray();
    }

    private static <E extends ArchiveEntry> void add(ArchiveOutputStream<E> out, E entry) throws IOException {
        out.putArchiveEntry(entry);
        out.write(ROWS.getBytes(StandardCharsets.UTF_8));
        out.closeArchiveEntry();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ParquetTable.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
