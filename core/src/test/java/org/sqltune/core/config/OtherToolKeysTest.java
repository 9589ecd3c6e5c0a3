package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.OtherToolKeys.OtherToolKey;

class OtherToolKeysTest {
    private static final Path PAGE = Path.of("..", "docs", "coming-from-trl.md");
    private static final String MARKER = "<!-- table: foreign keys -->";

    private final OtherToolKeys keys = OtherToolKeys.read();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    training.bf16                 | transformers, TRL, LLaMA-Factory | use model.dtype: write bf16
                    model.model_name_or_path      | TRL, LLaMA-Factory               | use model.name
                    lora_target                   | LLaMA-Factory                    | use lora.target_modules: write all-linear for all
                    training.deepspeed            | transformers, LLaMA-Factory      | SqlTune has no such key: a run uses one device; training.gradient_checkpointing and model.quantization save memory
                    """)
    void aKeyOfAnotherToolComesWithWhatToUseHereOrWhyThereIsNone(String key, String tools, String remedy) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> new RunConfigLoader().load(null, List.of(named(key) + "=1")));
        assertThat(refused)
                .hasMessageContaining("command line: unknown key " + named(key) + " (" + tools + "): " + remedy);
    }

    /** An override needs a section. */
    private static String named(String key) {
        return key.contains(".") ? key : "training." + key;
    }

    @Test
    void theTableHasMoreThanAHundredAndTwentyKeysAndEachSaysSomething() {
        assertThat(keys.byName()).hasSizeGreaterThan(120);
        assertThat(keys.byName().values()).allSatisfy(key -> {
            assertThat(key.of()).isNotEmpty();
            assertThat(key.use() != null || key.note() != null).isTrue();
        });
    }

    @Test
    void whatItRefersToExistsAndNoKeyOfOursIsInIt() {
        Set<String> ours = new HashSet<>();
        collect("", RunConfigWriter.toTree(RunConfig.defaults()), ours);
        Set<String> names = new HashSet<>();
        ours.forEach(key -> names.add(key.substring(key.lastIndexOf('.') + 1)));
        assertThat(keys.byName().keySet()).doesNotContainAnyElementsOf(names);
        assertThat(keys.byName().values())
                .allSatisfy(key -> assertThat(key.use() == null || ours.contains(key.use()))
                        .as("%s", key.use())
                        .isTrue());
    }

    private static void collect(String path, JsonNode node, Set<String> keys) {
        node.fields().forEachRemaining(each -> {
            String key = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
            keys.add(key);
            collect(key, each.getValue(), keys);
        });
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        String after = page.substring(page.indexOf(MARKER) + MARKER.length()).strip();
        int end = after.indexOf("\n\n");
        assertThat(end < 0 ? after : after.substring(0, end)).isEqualTo(table());
    }

    private String table() {
        StringBuilder table = new StringBuilder("| key | known to | here |\n|---|---|---|");
        keys.byName()
                .forEach((name, key) ->
                        table.append("\n| `%s` | %s | %s |".formatted(name, String.join(", ", key.of()), here(key))));
        return table.toString();
    }

    private static String here(OtherToolKey key) {
        String use = key.use() == null ? "–" : "`" + key.use() + "`";
        return key.note() == null ? use : use + ": " + key.note();
    }
}
