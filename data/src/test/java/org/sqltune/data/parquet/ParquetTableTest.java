package org.sqltune.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;

/** Reads what pyarrow wrote: {@code tools/parquet/make_parquet.py}. */
class ParquetTableTest {
    private static final int ROWS = 12;

    @TempDir
    private Path folder;

    static Stream<String> codecs() {
        return Stream.of("none", "snappy", "gzip", "brotli", "lz4", "zstd")
                .flatMap(codec -> Stream.of("dictionary", "plain")
                        .flatMap(kind -> Stream.of(1, 2).map(version -> codec + "-" + kind + "-v" + version)));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void everyCodecGivesItsRows(String name) throws IOException {
        List<ObjectNode> rows = rows(resource(name + ".parquet"), column -> true);

        assertThat(rows).hasSize(ROWS);
        assertThat(rows.get(0).toString())
                .isEqualTo("{\"question\":\"How many?\",\"schema\":\"TABLE: a ( b (text) )\","
                        + "\"sql\":\"SELECT b FROM a WHERE id = 0\"}");
        assertThat(rows.get(1).get("question").textValue()).isEqualTo("東京 😀");
        assertThat(rows.get(2).get("question").isNull()).isTrue();
        for (int i = 3; i < ROWS; i++) {
            assertThat(rows.get(i).get("question").textValue()).isEqualTo("What is the name of number " + i + "?");
            assertThat(rows.get(i).get("sql").textValue()).isEqualTo("SELECT b FROM a WHERE id = " + i);
        }
    }

    @Test
    void nestedColumnsAreJson() throws IOException {
        List<ObjectNode> rows = rows(resource("types.parquet"), Set.of("messages", "meta", "deep", "pairs")::contains);

        assertThat(rows)
                .extracting(ObjectNode::toString)
                .containsExactly(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null}],"
                                + "\"meta\":{\"k\":[1,null,2]},\"deep\":[[\"a\"],[]],\"pairs\":{\"a\":1,\"b\":null}}",
                        "{\"messages\":[],\"meta\":null,\"deep\":null,\"pairs\":{}}",
                        "{\"messages\":null,\"meta\":{\"k\":null},\"deep\":[null,[\"b\",null]],\"pairs\":null}");
    }

    @Test
    void valuesAreWhatTheirTypeSays() throws IOException {
        Set<String> nested = Set.of("messages", "meta", "deep", "pairs");

        List<ObjectNode> rows = rows(resource("types.parquet"), name -> !nested.contains(name));

        assertThat(rows.get(0).toString())
                .isEqualTo("{\"score\":\"NaN\",\"half\":1.5,\"truth\":true,\"unsigned\":4294967295,"
                        + "\"large\":18446744073709551615,\"price\":12.50,\"day\":\"2026-11-30\","
                        + "\"time\":\"12:30:15.250\",\"local\":\"2026-11-30T12:30:15.250\","
                        + "\"instant\":\"2026-11-30T12:30:15.250Z\",\"bytes\":\"/wA=\",\"dictionary\":\"x\"}");
        assertThat(rows.get(1).toString())
                .contains("\"score\":1.5", "\"half\":-0.25", "\"price\":-0.01", "\"day\":\"1969-12-31\"")
                .contains("\"time\":\"00:00\"", "\"bytes\":\"text\"");
        assertThat(rows.get(2)).allSatisfy(value -> assertThat(value.isNull()).isTrue());
        assertThat(rows(resource("int96.parquet"), name -> true).get(0).toString())
                .isEqualTo("{\"stamp\":\"2026-11-30T12:30\"}");
    }

    @Test
    void columnsThatAreNotAskedForAreNotRead() throws IOException {
        byte[] bytes = Files.readAllBytes(resource("none-plain-v1.parquet"));
        int[] schemas = placesOf(bytes, "TABLE: a");
        for (int place : schemas) {
            bytes[place] ^= 1;
        }
        Path file = Files.write(folder.resolve("schema-damaged.parquet"), bytes);

        assertThat(schemas).hasSize(ROWS);
        assertThat(rows(file, name -> !name.equals("schema"))).hasSize(ROWS);
        assertThatThrownBy(() -> rows(file, name -> true))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(
                        file + " row 1: can't be read: the checksum of a page doesn't match it; fetch the file again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none-plain-v1", "none-plain-v2", "none-dictionary-v1", "none-dictionary-v2"})
    void aFlippedBitOfAnyTextIsNoticedByItsPagesChecksum(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name + ".parquet"));
        int[] texts = IntStream.concat(
                        IntStream.of(placesOf(whole, "What is")), IntStream.of(placesOf(whole, "SELECT b")))
                .toArray();

        assertThat(texts).hasSize(2 * ROWS - 3);
        for (int place : texts) {
            byte[] bytes = whole.clone();
            bytes[place] ^= 1;
            Path file = Files.write(folder.resolve("flipped.parquet"), bytes);
            assertThatThrownBy(() -> rows(file, column -> true))
                    .hasMessageContaining("the checksum of a page doesn't match it; fetch the file again");
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void whateverBitIsFlippedTheErrorIsOneLineOfTheUsersWords(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name + ".parquet"));
        int noticed = 0;
        for (int place = 0; place < whole.length; place += 29) {
            byte[] bytes = whole.clone();
            bytes[place] ^= (byte) (1 << (place % 8));
            Path file = Files.write(folder.resolve("flipped.parquet"), bytes);
            try {
                rows(file, column -> true);
            } catch (SqlTuneException e) {
                noticed++;
                assertThat(e.getMessage())
                        .startsWith(file.toString())
                        .doesNotContain("\n")
                        .doesNotContainPattern("xception|org\\.|java\\.|null|arquetDecoding");
            }
        }
        // The rest are names and headers, which have no checksum.
        assertThat(noticed).isGreaterThan(whole.length / 29 / 3);
    }

    @Test
    void textThatIsNoUtf8IsAFaultOfItsRowAlone() throws IOException {
        byte[] bytes = Files.readAllBytes(resource("plain.parquet"));
        bytes[placesOf(bytes, "grün")[0] + 2] = (byte) 0xFF;
        Path file = Files.write(folder.resolve("latin.parquet"), bytes);
        List<String> faults = new ArrayList<>();
        try (ParquetTable table = ParquetTable.open(file, name -> true)) {
            while (table.next() != null) {
                faults.add(String.valueOf(table.fault()));
            }
        }

        assertThat(faults).containsExactly("null", "colours.name: its text isn't UTF-8", "null");
    }

    @Test
    void aFooterThatNamesPlacesOutsideOfTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        Path file = resource("none-plain-v1.parquet");
        byte[] bytes = Files.readAllBytes(file);
        // Cut out of the middle: the footer is whole, and its pages lie behind it.
        byte[] cut = new byte[bytes.length - 300];
        System.arraycopy(bytes, 0, cut, 0, 4);
        System.arraycopy(bytes, 304, cut, 4, cut.length - 4);
        Path damaged = Files.write(folder.resolve("cut.parquet"), cut);

        assertThatThrownBy(() -> rows(damaged, name -> true))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(damaged.toString())
                .hasMessageEndingWith("; fetch the file again");
    }

    private static int[] placesOf(byte[] bytes, String text) {
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        IntStream.Builder places = IntStream.builder();
        for (int at = content.indexOf(wanted); at >= 0; at = content.indexOf(wanted, at + 1)) {
            places.add(at);
        }
        return places.build().toArray();
    }

    private static List<ObjectNode> rows(Path file, Predicate<String> wanted) {
        List<ObjectNode> rows = new ArrayList<>();
        try (ParquetTable table = ParquetTable.open(file, wanted)) {
            for (ObjectNode row = table.next(); row != null; row = table.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            try (InputStream in = Objects.requireNonNull(ParquetTableTest.class.getResourceAsStream(name), name)) {
                Files.copy(in, file);
            }
        }
        return file;
    }
}
