package org.sqltune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;

class NanoTokenizerTest {
    private DecoderConfig config;
    private Tokenizer tokenizer;

    @BeforeEach
    void load(@TempDir Path folder) throws IOException {
        for (String name : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json"}) {
            try (InputStream in = Objects.requireNonNull(
                    Tokenizer.class.getResourceAsStream("/org/sqltune/model/nano/" + name), name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
        config = DecoderConfigReader.read(folder);
        tokenizer = Tokenizer.load(folder, config);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT T2.name, COUNT(*) FROM orders AS T1 JOIN customers AS T2 ON T1.customer_id = T2.customer_id",
                "WHERE city = 'Zürich' AND note LIKE '%50 % off%'",
                "  two  spaces\n\ta tab and an emoji 🦆",
                "数据库"
            })
    void anyTextComesBackAsItWas(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void idsFitTheModel() {
        assertThat(tokenizer.special()).isEqualTo(new SpecialTokens(1, 2, 3));
        assertThat(Arrays.stream(tokenizer.encode("any name_of 2026 🦆")).max().orElseThrow())
                .isLessThan(config.vocabSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s", "T1.%s", "'%s'", "(%s)", "net_%s"})
    void aWordHasTheSamePiecesWhereverItStands(String context) {
        long[] alone = tokenizer.encode("kuvola");
        assertThat(tokenizer.encode(String.format(context, "kuvola"))).containsSequence(alone);
    }

    @Test
    void aPluralBeginsWithItsSingular() {
        long[] singular = tokenizer.encode("customer");
        assertThat(tokenizer.encode("customers")).startsWith(singular).hasSize(singular.length + 1);
    }

    @Test
    void everyDigitIsAPiece() {
        assertThat(tokenizer.encode("2026")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT ", " FROM ", " WHERE ", " AND ", " GROUP BY ", " ORDER BY ", " AS T1 JOIN ", " = '"})
    void whatStandsBetweenNamesIsOnePiece(String text) {
        assertThat(tokenizer.encode(text)).hasSize(1);
    }
}
