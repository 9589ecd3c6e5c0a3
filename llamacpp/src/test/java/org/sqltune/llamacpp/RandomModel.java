package org.sqltune.llamacpp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;

/** Writes models of random weights that bf16 holds exactly, with a tokenizer whose tokens are numbers: A000, A001 … */
final class RandomModel {
    static final int VOCABULARY = 384;

    private static final double WEIGHT_SIZE = 0.08;

    private final Random random;
    private final List<String> names = new ArrayList<>();
    private final List<long[]> shapes = new ArrayList<>();

    private RandomModel(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Writes one.
     *
     * @param config the text of its config.json
     */
    static Path write(Path folder, String config, long seed) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config);
        writeTokenizer(folder, VOCABULARY);
        new RandomModel(seed).writeWeights(folder, DecoderConfigReader.read(folder));
        return folder;
    }

    private void writeWeights(Path folder, DecoderConfig config) throws IOException {
        add(config.modules().embedding() + ".weight", config.vocabSize(), config.hiddenSize());
        addNorm(config, config.modules().finalNorm(), config.hiddenSize());
        if (!config.tiedEmbeddings()) {
            add(config.modules().head() + ".weight", config.vocabSize(), config.hiddenSize());
        }
        for (int i = 0; i < config.layers(); i++) {
            int layer = i;
            config.modules()
                    .layer()
                    .norms()
                    .forEach((place, module) ->
                            addNorm(config, config.modules().path(layer, module), place.size(config)));
            for (ProjectionShape shape : config.modules().layer().projections()) {
                String path = config.modules().path(layer, shape.path());
                add(path + ".weight", shape.outputSize(), shape.inputSize());
                if (shape.bias()) {
                    add(path + ".bias", shape.outputSize());
                }
            }
        }
        save(folder.resolve("model.safetensors"), config.arithmetic().norm().neutralWeight());
    }

    private void addNorm(DecoderConfig config, String module, int size) {
        add(module + ".weight", size);
        if (config.arithmetic().norm().hasBias()) {
            add(module + ".bias", size);
        }
    }

    private void add(String name, long... shape) {
        names.add(name);
        shapes.add(shape);
    }

    private void save(Path file, float normWeight) throws IOException {
        ObjectNode header = JsonMapper.builder().build().createObjectNode();
        long offset = 0;
        for (int i = 0; i < names.size(); i++) {
            long bytes = Float.BYTES;
            ObjectNode entry = header.putObject(names.get(i)).put("dtype", "F32");
            for (long axis : shapes.get(i)) {
                entry.withArray("shape").add(axis);
                bytes *= axis;
            }
            entry.putArray("data_offsets").add(offset).add(offset + bytes);
            offset += bytes;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeLong(Long.reverseBytes(json.length));
            out.write(json);
            for (int i = 0; i < names.size(); i++) {
                long count = Arrays.stream(shapes.get(i)).reduce(1, (a, b) -> a * b);
                boolean norm = shapes.get(i).length == 1 && names.get(i).endsWith(".weight");
                ByteBuffer numbers =
                        ByteBuffer.allocate((int) count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (long j = 0; j < count; j++) {
                    numbers.putFloat(shortened((norm ? normWeight : 0) + WEIGHT_SIZE * random.nextGaussian()));
                }
                out.write(numbers.array());
            }
        }
    }

    /** The number with the lower half of its bits zero. */
    private static float shortened(double number) {
        return Float.intBitsToFloat(Float.floatToRawIntBits((float) number) & 0xFFFF0000);
    }

    /** Writes a tokenizer of so many tokens. */
    static void writeTokenizer(Path folder, int size) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(size));
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    }

    private static String tokenizer(int size) {
        String vocabulary = IntStream.range(0, size)
                .mapToObj(id -> String.format("\"A%03x\": %d", id, id))
                .collect(Collectors.joining(", "));
        return "{\"added_tokens\": [], \"normalizer\": null, \"pre_tokenizer\": {\"type\": \"ByteLevel\","
                + " \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}, \"post_processor\": null,"
                + " \"decoder\": {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true,"
                + " \"use_regex\": true}, \"model\": {\"type\": \"BPE\", \"vocab\": {" + vocabulary
                + "}, \"merges\": []}}";
    }
}
