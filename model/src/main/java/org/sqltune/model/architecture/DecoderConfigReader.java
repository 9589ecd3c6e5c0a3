package org.sqltune.model.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.TokenIds;

/** Reads config.json, as transformers 4 writes it and as transformers 5 does, and generation_config.json. */
public final class DecoderConfigReader {
    private DecoderConfigReader() {}

    /**
     * Reads {@code config.json} in a model's folder, and what {@code generation_config.json} says of the end of a text.
     *
     * @throws SqlTuneException if it is missing, malformed, or calls for arithmetic that is not supported
     */
    public static DecoderConfig read(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isDirectory(folder)) {
            throw new SqlTuneException("There is no model folder " + folder
                    + ". Give model.name a folder in Hugging Face's layout, or sqltune-nano for the bundled base");
        }
        if (!Files.exists(file)) {
            throw new SqlTuneException(folder + " has no config.json. Give the folder of a Hugging Face model");
        }
        ConfigFile config = ConfigFile.read(file);
        ModelArchitecture architecture = ModelArchitectures.of(config);
        if (config.has("quantization_config")) {
            throw config.fault("quantization_config is set: already quantised weights are not supported."
                    + " Use the original model");
        }
        return architecture.read(config, tokens(config, folder.resolve("generation_config.json")));
    }

    private static TokenIds tokens(ConfigFile config, Path generation) {
        Set<Integer> eos = new LinkedHashSet<>(config.tokenIds("eos_token_id"));
        if (Files.exists(generation)) {
            eos.addAll(ConfigFile.read(generation).tokenIds("eos_token_id"));
        }
        return new TokenIds(
                first(config.tokenIds("bos_token_id")), List.copyOf(eos), first(config.tokenIds("pad_token_id")));
    }

    private static @Nullable Integer first(List<Integer> ids) {
        return ids.isEmpty() ? null : ids.get(0);
    }
}
