package org.sqltune.model.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Karpathy's stories260K, from llama2.c's legacy flat file (https://github.com/karpathy/llama2.c, run.c,
 * {@code read_weights}) to a folder in Hugging Face's layout: seven int32, then the fp32 matrices kind by kind, each kind
 * for all layers.
 */
final class StoriesModel {
    /** How the rows of a head's query or key weight are ordered. */
    enum RotaryPairs {
        /** As llama2.c has them: the pair (2i, 2i + 1) is turned together. */
        NEIGHBOURS,
        /** As Hugging Face has them: the pair (i, i + head size / 2). */
        HALVES
    }

    private final ByteBuffer content;
    private final int width;
    private final int mlpWidth;
    private final int layers;
    private final int heads;
    private final int keyValueHeads;
    private final int vocabulary;
    private final int positions;

    private StoriesModel(ByteBuffer content) {
        this.content = content;
        this.width = content.getInt();
        this.mlpWidth = content.getInt();
        this.layers = content.getInt();
        this.heads = content.getInt();
        this.keyValueHeads = content.getInt();
        this.vocabulary = content.getInt();
        this.positions = content.getInt();
    }

    /** Writes the model's folder and returns it. */
    static Path writeInto(Path folder, Torch torch, RotaryPairs pairs) {
        try (InputStream in = StoriesModel.class.getResourceAsStream("/stories260k/stories260K.bin");
                TensorScope scope = torch.scope()) {
            byte[] bytes = Objects.requireNonNull(in, "no stories260K.bin").readAllBytes();
            StoriesModel model = new StoriesModel(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            new ObjectMapper().writeValue(folder.resolve("config.json").toFile(), model.config());
            new SafetensorsWriter(torch).write(folder.resolve("model.safetensors"), model.tensors(scope, pairs));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_type", "llama");
        config.put("hidden_size", width);
        config.put("intermediate_size", mlpWidth);
        config.put("num_hidden_layers", layers);
        config.put("num_attention_heads", heads);
        config.put("num_key_value_heads", keyValueHeads);
        config.put("vocab_size", vocabulary);
        config.put("max_position_embeddings", positions);
        config.put("tie_word_embeddings", true);
        config.put("rms_norm_eps", 1e-5);
        config.put("rope_theta", 10_000.0);
        return config;
    }

    private Map<String, Tensor> tensors(TensorScope scope, RotaryPairs pairs) {
        int headSize = width / heads;
        int keyValueWidth = keyValueHeads * headSize;
        Map<String, Tensor> all = new LinkedHashMap<>();
        all.put("model.embed_tokens.weight", scope.floats(take(vocabulary * width), vocabulary, width));
        vectors(all, scope, "input_layernorm");
        rotated(all, scope, "self_attn.q_proj", width, headSize, pairs);
        rotated(all, scope, "self_attn.k_proj", keyValueWidth, headSize, pairs);
        matrices(all, scope, "self_attn.v_proj", keyValueWidth, width);
        matrices(all, scope, "self_attn.o_proj", width, width);
        vectors(all, scope, "post_attention_layernorm");
        matrices(all, scope, "mlp.gate_proj", mlpWidth, width);
        matrices(all, scope, "mlp.down_proj", width, mlpWidth);
        matrices(all, scope, "mlp.up_proj", mlpWidth, width);
        all.put("model.norm.weight", scope.floats(take(width), width));
        int precomputedAngles = 2 * positions * headSize / 2;
        if (content.remaining() != precomputedAngles * Float.BYTES) {
            throw new IllegalStateException(content.remaining() + " bytes are left over");
        }
        return all;
    }

    private void vectors(Map<String, Tensor> all, TensorScope scope, String module) {
        for (int layer = 0; layer < layers; layer++) {
            all.put(name(layer, module), scope.floats(take(width), width));
        }
    }

    private void matrices(Map<String, Tensor> all, TensorScope scope, String module, int out, int in) {
        for (int layer = 0; layer < layers; layer++) {
            all.put(name(layer, module), scope.floats(take(out * in), out, in));
        }
    }

    private void rotated(
            Map<String, Tensor> all, TensorScope scope, String module, int out, int headSize, RotaryPairs pairs) {
        for (int layer = 0; layer < layers; layer++) {
            float[] rows = take(out * width);
            float[] ordered = pairs == RotaryPairs.HALVES ? halved(rows, headSize) : rows;
            all.put(name(layer, module), scope.floats(ordered, out, width));
        }
    }

    /** Within each head, the first of every pair of rows, then the second of every pair. */
    private float[] halved(float[] rows, int headSize) {
        float[] result = new float[rows.length];
        for (int row = 0; row < rows.length / width; row++) {
            int inHead = row % headSize;
            int target = row - inHead + inHead / 2 + (inHead % 2) * headSize / 2;
            System.arraycopy(rows, row * width, result, target * width, width);
        }
        return result;
    }

    private static String name(int layer, String module) {
        return "model.layers." + layer + "." + module + ".weight";
    }

    private float[] take(int count) {
        float[] values = new float[count];
        content.asFloatBuffer().get(values);
        content.position(content.position() + count * Float.BYTES);
        return values;
    }
}
