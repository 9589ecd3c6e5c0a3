package org.sqltune.model;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.quantization.PackedBfloat16Weight;
import org.sqltune.model.quantization.PackedHalfWeight;
import org.sqltune.model.quantization.PackedInt4Weight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.MimeticWeights;
import org.sqltune.model.weight.RandomWeights;
import org.sqltune.model.weight.WeightSource;

/** A model folder in Hugging Face's layout, loaded: its decoder and its tokenizer. */
public final class LanguageModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LanguageModel.class);

    private final Path folder;
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private @Nullable LoraAdapter adapter;

    private LanguageModel(Path folder, Decoder decoder, Tokenizer tokenizer) {
        this.folder = folder;
        this.decoder = decoder;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads a model. Weights are mapped from disk where the element type is the one stored.
     *
     * @param torch where it computes; closed by the caller, after the model
     * @param folder config.json, safetensors, tokenizer.json
     * @param type element type of the arithmetic: fp32 or bf16; null for the stored one (half precision becomes bf16)
     * @throws SqlTuneException if something is missing, damaged or not supported
     */
    public static LanguageModel load(Torch torch, Path folder, @Nullable ElementType type) {
        return load(torch, folder, type, Quantization.NONE);
    }

    /**
     * As {@link #load(Torch, Path, ElementType)}, the linear layers' weights in fewer bits.
     *
     * @param quantization how they are held; each is quantised from what is stored, and no other copy of it is kept
     */
    public static LanguageModel load(Torch torch, Path folder, @Nullable ElementType type, Quantization quantization) {
        return load(torch, folder, type, quantization, WeightLayout.PLAIN);
    }

    /**
     * As {@link #load(Torch, Path, ElementType)}, for answering alone, the linear layers' weights and the head in 8 bits: see
     * {@link org.sqltune.model.quantization.PackedInt8Weight}.
     *
     * @param quantization what the linear layers' weights are rounded to before
     * @throws SqlTuneException as there, and if the processor doesn't multiply so
     */
    public static LanguageModel loadInInt8(
            Torch torch, Path folder, @Nullable ElementType type, Quantization quantization) {
        if (!PackedInt8Weight.isSupported(torch)) {
            throw new SqlTuneException(
                    "Weights of 8 bits need a processor that multiplies them exactly (Intel or AMD with"
                            + " AVX2): set inference.weights: auto");
        }
        return load(torch, folder, type, quantization, WeightLayout.INT8);
    }

    /**
     * As {@link #loadInInt8}, the linear layers' weights in 4 bits: see {@link
     * org.sqltune.model.quantization.PackedInt4Weight}. One whose rows or columns don't come in whole groups stays as it is.
     *
     * @throws SqlTuneException as there, and if libtorch has no such products here
     */
    public static LanguageModel loadInInt4(
            Torch torch, Path folder, @Nullable ElementType type, Quantization quantization) {
        if (!PackedInt4Weight.isSupported(torch)) {
            throw new SqlTuneException(
                    "Weights of 4 bits need a processor for which libtorch lays them out (Intel or AMD"
                            + " with AVX-512): set inference.weights: auto");
        }
        return load(torch, folder, type, quantization, WeightLayout.INT4);
    }

    /**
     * As {@link #load(Torch, Path, ElementType)}, for answering alone, the linear layers' weights and the head in 16 bits, laid out
     * for the processor's products: bf16 throughout where it multiplies bf16 (see {@link PackedBfloat16Weight}), weights in fp16
     * and everything else in fp32 elsewhere (see {@link PackedHalfWeight}). They are copies in the
     * process's own memory; what they were copied from leaves it.
     *
     * @throws SqlTuneException as there, and if the processor or libtorch can't multiply so
     */
    public static LanguageModel loadPacked(Torch torch, Path folder) {
        if (PackedBfloat16Weight.isSupported(torch)) {
            return load(torch, folder, ElementType.BFLOAT16, Quantization.NONE, WeightLayout.PACKED);
        }
        if (PackedHalfWeight.isSupported(torch)) {
            return load(torch, folder, ElementType.FLOAT32, Quantization.NONE, WeightLayout.HALF);
        }
        throw new SqlTuneException("Weights laid out for products of 16 bits need x86-64 with AVX2 and device cpu:"
                + " set inference.weights: bf16");
    }

    private static LanguageModel load(
            Torch torch, Path folder, @Nullable ElementType type, Quantization quantization, WeightLayout layout) {
        DecoderConfig config = DecoderConfigReader.read(folder);
        ElementType computeType = type == null ? defaultType(config) : type;
        try (SafetensorsReader weights = SafetensorsReader.ofModelFolder(torch, folder)) {
            StoredWeights source = new StoredWeights(torch, weights, computeType, quantization, layout);
            return load(torch, folder, config, computeType, source);
        }
    }

    /** A model of the folder's shape and tokenizer with random weights, for training from scratch. */
    public static LanguageModel random(Torch torch, Path folder, @Nullable ElementType type, long seed) {
        return fresh(torch, folder, type, (config, computeType) -> new RandomWeights(torch, computeType, config, seed));
    }

    /** As {@link #random}, with attention that copies from the start. */
    public static LanguageModel mimetic(Torch torch, Path folder, @Nullable ElementType type, long seed) {
        return fresh(
                torch, folder, type, (config, computeType) -> new MimeticWeights(torch, computeType, config, seed));
    }

    private static LanguageModel fresh(
            Torch torch,
            Path folder,
            @Nullable ElementType type,
            BiFunction<DecoderConfig, ElementType, WeightSource> weights) {
        DecoderConfig config = DecoderConfigReader.read(folder);
        ElementType computeType = type == null ? defaultType(config) : type;
        return load(torch, folder, config, computeType, weights.apply(config, computeType));
    }

    private static LanguageModel load(
            Torch torch, Path folder, DecoderConfig config, ElementType type, WeightSource weights) {
        Tokenizer tokenizer = Tokenizer.load(folder, config);
        new EndTokens(config, tokenizer).remark(folder).ifPresent(log::warn);
        try {
            return new LanguageModel(folder, new Decoder(torch, config, type, weights), tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    static ElementType defaultType(DecoderConfig config) {
        return config.storedType() == ElementType.FLOAT32 ? ElementType.FLOAT32 : ElementType.BFLOAT16;
    }

    /** The folder it was loaded from. */
    public Path folder() {
        return folder;
    }

    /** What computes. */
    public Decoder decoder() {
        return decoder;
    }

    /** Text to ids and back. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Loads a PEFT adapter and computes with it from now on, in place of one loaded before. */
    public LoraAdapter loadAdapter(Path adapterFolder) {
        return useAdapter(PeftAdapterFiles.load(adapterFolder, decoder, folder.toString()));
    }

    /** Computes with an adapter from now on and closes it with the model. */
    public LoraAdapter useAdapter(LoraAdapter newAdapter) {
        removeAdapter();
        newAdapter.attach();
        adapter = newAdapter;
        return newAdapter;
    }

    /** Computes without an adapter from now on. */
    public void removeAdapter() {
        if (adapter != null) {
            adapter.detach();
            adapter.close();
            adapter = null;
        }
    }

    /** A generator of one text at a time, to compare with, that stops at each of the model's end-of-sequence tokens. */
    public TextGenerator newGenerator() {
        return new TextGenerator(decoder, endTokens().ids());
    }

    /**
     * A generator of many texts at once that stops at each of the model's end-of-sequence tokens.
     *
     * @param texts how many are continued at once
     * @param cacheBytes memory for keys and values; see {@link KvPool#pagesFor}
     */
    public BatchGenerator newBatchGenerator(int texts, long cacheBytes) {
        int pages = KvPool.pagesFor(decoder.config(), decoder.type(), cacheBytes);
        return new BatchGenerator(decoder, endTokens().ids(), texts, pages);
    }

    /** The texts of the model's end-of-sequence tokens, in the order of their ids. */
    public List<String> stopTexts() {
        return endTokens().texts();
    }

    private EndTokens endTokens() {
        return new EndTokens(decoder.config(), tokenizer);
    }

    @Override
    public void close() {
        removeAdapter();
        decoder.close();
        tokenizer.close();
    }
}
