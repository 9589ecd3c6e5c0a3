package org.sqltune.model.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The small files of a model folder that belong beside weights made from its own. */
public final class CompanionFiles {
    /** The contract of a model's prompts, which module data writes and reads. */
    public static final String CONTRACT = "sqltune.json";

    private static final List<String> TOKENIZER =
            List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja");
    private static final List<String> CONFIG = List.of("config.json", "generation_config.json");

    private CompanionFiles() {}

    /** Copies the tokenizer's files, those that are there. */
    public static void copyTokenizer(Path from, Path to) throws IOException {
        copy(TOKENIZER, from, to);
    }

    /** Copies config.json and generation_config.json, if they are there. */
    public static void copyConfig(Path from, Path to) throws IOException {
        copy(CONFIG, from, to);
    }

    /** Copies {@link #CONTRACT} from the first of the folders that has one; does nothing if none has. */
    public static void copyContract(List<Path> from, Path to) throws IOException {
        for (Path folder : from) {
            if (Files.exists(folder.resolve(CONTRACT))) {
                copy(List.of(CONTRACT), folder, to);
                return;
            }
        }
    }

    private static void copy(List<String> names, Path from, Path to) throws IOException {
        for (String name : names) {
            if (Files.exists(from.resolve(name))) {
                Files.write(to.resolve(name), Files.readAllBytes(from.resolve(name)));
            }
        }
    }
}
