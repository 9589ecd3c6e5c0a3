package org.sqltune.deployment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.text.Failures;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.deployment.gguf.GgufMetadata;
import org.sqltune.deployment.gguf.GgufWriter;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.tokenizer.SpecialTokens;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * Writes a model as a GGUF file, which llama.cpp, Ollama and what is built on them read, with its tokenizer, its chat template
 * and the contract of its prompts. Vectors are in single precision; {@link TensorTypes} says how matrices are written. Some
 * rows at a time are in memory.
 */
public final class GgufExport {
    /** The key of the contract of the model's prompts, {@code sqltune.json} as a text. Other programs ignore it. */
    public static final String CONTRACT_KEY = "sqltune.contract";

    private static final int QUANTIZATION_VERSION = 2;

    private GgufExport() {}

    /**
     * Writes the file, which is there only once it is whole.
     *
     * @param model a folder in Hugging Face's layout
     * @param file the file; missing parent folders are made
     * @param type how matrices are written
     * @param anyPreTokenizer whether a tokenizer is written that llama.cpp can't follow, for callers that send tokens
     *     rather than texts
     * @param progress counts tensors
     * @throws SqlTuneException if the model is damaged, llama.cpp would compute something else or read texts otherwise, or
     *     the file can't be written
     */
    public static void write(
            Path model, Path file, GgufFileType type, boolean anyPreTokenizer, ProgressListener progress) {
        DecoderConfig config = DecoderConfigReader.read(model);
        ArchitectureKeys architecture = new ArchitectureKeys(model, config);
        GgufMetadata metadata = head(model, config, architecture, type, anyPreTokenizer);
        putContract(metadata, model);
        try (WeightRows weights = WeightRows.ofModel(model)) {
            GgufWriter.write(file, metadata, new TensorList(config, architecture, weights, type).build(), progress);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the weights of " + model + ": " + Failures.reason(e), e);
        }
    }

    /**
     * Checks that a model can be written for callers that send texts, as far as its files without the weights tell.
     *
     * @param model a folder in Hugging Face's layout
     * @throws SqlTuneException if llama.cpp would compute something else or read texts otherwise
     */
    public static void check(Path model) {
        DecoderConfig config = DecoderConfigReader.read(model);
        head(model, config, new ArchitectureKeys(model, config), GgufFileType.F16, false);
    }

    private static GgufMetadata head(
            Path model,
            DecoderConfig config,
            ArchitectureKeys architecture,
            GgufFileType type,
            boolean anyPreTokenizer) {
        TokenizerKeys tokenizer = new TokenizerKeys(model, config, special(model, config));
        GgufMetadata metadata = new GgufMetadata()
                .put("general.architecture", architecture.family().key())
                .put("general.type", "model")
                .put("general.name", name(model, tokenizer))
                .put("general.file_type", type.code())
                .put("general.quantization_version", QUANTIZATION_VERSION);
        architecture.putInto(metadata);
        tokenizer.putInto(metadata, anyPreTokenizer);
        return metadata;
    }

    /**
     * The folder's name. By one like phi-3, llama.cpp takes the tokenizer for Phi-3's, and fails without that one's special
     * tokens.
     */
    private static String name(Path model, TokenizerKeys tokenizer) {
        String name = String.valueOf(model.toAbsolutePath().normalize().getFileName());
        boolean phi = tokenizer.hasAll(List.of("</s>", "<unk>", "<s>", "<|endoftext|>"));
        return phi ? name : name.replaceAll("(?i)(phi)-?3", "$1_3");
    }

    private static SpecialTokens special(Path model, DecoderConfig config) {
        try (Tokenizer tokenizer = Tokenizer.load(model, config)) {
            return tokenizer.special();
        }
    }

    /** Puts the contract of a model or an adapter, if it has one. */
    static void putContract(GgufMetadata metadata, Path model) {
        // Read first, so that a damaged one is refused and not carried on.
        if (ContractFile.read(model).isPresent()) {
            try {
                metadata.put(CONTRACT_KEY, Files.readString(model.resolve(ContractFile.NAME)));
            } catch (IOException e) {
                throw new SqlTuneException(
                        "Can't read " + model.resolve(ContractFile.NAME) + ": " + Failures.reason(e), e);
            }
        }
    }
}
