package org.sqltune.model.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;

/**
 * Reads a header's JSON. It is read as it comes, never as a tree, so that memory goes by the tensors that are there and
 * not by what else the text may hold. As strict as the reference's parser, and, as the format's description asks, no
 * name may come twice.
 */
final class HeaderParser {
    private static final String METADATA = "__metadata__";
    /** As many as libtorch iterates over. */
    private static final int MOST_AXES = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final Path file;
    private final JsonParser parser;
    private final long dataStart;

    private HeaderParser(Path file, JsonParser parser, long dataStart) {
        this.file = file;
        this.parser = parser;
        this.dataStart = dataStart;
    }

    /**
     * The tensors in the header's order; their sizes and types go together, their places are not compared yet.
     *
     * @param dataStart position in the file that offsets count from
     * @throws SqlTuneException if a tensor's entry can't be right
     * @throws IOException if it is no JSON object in UTF-8; {@code JsonProcessingException} with a one-line reason
     */
    static List<TensorInfo> parse(Path file, byte[] header, long dataStart) throws IOException {
        // Jackson would guess the encoding and let some wrong UTF-8 pass; a decoder made by hand reports it.
        Reader text = new InputStreamReader(new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(text)) {
            return new HeaderParser(file, parser, dataStart).tensors();
        }
    }

    private List<TensorInfo> tensors() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw fault("an object was expected");
        }
        List<TensorInfo> tensors = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (name.equals(METADATA)) {
                metadata();
            } else {
                tensors.add(tensor(name));
            }
        }
        if (parser.nextToken() != null) {
            throw fault("something follows the object");
        }
        return tensors;
    }

    /** Free text by free names; nothing here needs it. */
    private void metadata() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw fault(METADATA + " must be an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw fault(METADATA + " must hold texts only");
            }
        }
    }

    private TensorInfo tensor(String name) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw fault("tensor " + PrintableText.clipped(name) + " is not described by an object");
        }
        String dtype = null;
        long[] shape = null;
        long[] place = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "shape" -> shape = sizes(name, key);
                case "data_offsets" -> place = sizes(name, key);
                default -> parser.skipChildren();
            }
        }
        return tensor(name, dtype, shape, place);
    }

    private TensorInfo tensor(String name, @Nullable String dtype, long @Nullable [] shape, long @Nullable [] place) {
        if (dtype == null || shape == null || place == null) {
            throw wrong(name, "has no " + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        StoredType type = StoredType.ofName(dtype)
                .orElseThrow(() ->
                        new SqlTuneException(file + ": tensor " + PrintableText.clipped(name) + " has element type "
                                + PrintableText.clipped(dtype)
                                + ", which is not known. Save the model as float32, float16 or bfloat16"));
        try {
            if (place.length == 2 && place[1] - place[0] == type.bytes(shape)) {
                return new TensorInfo(
                        name,
                        type,
                        shape,
                        file,
                        Math.addExact(dataStart, place[0]),
                        Math.addExact(dataStart, place[1]));
            }
        } catch (ArithmeticException e) {
            // Such numbers fit no file: told below.
        }
        throw wrong(
                name,
                "of shape " + Arrays.toString(shape) + " and type " + type + " can't lie at " + Arrays.toString(place));
    }

    /** Whole numbers from 0. */
    private long[] sizes(String name, String key) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(name, key + " is no array");
        }
        long[] sizes = new long[MOST_AXES];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == MOST_AXES) {
                throw wrong(name, key + " has more than " + MOST_AXES + " numbers");
            }
            sizes[count++] = size(name, key);
        }
        return Arrays.copyOf(sizes, count);
    }

    private long size(String name, String key) throws IOException {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!whole || parser.getText().startsWith("-")) {
            String value = parser.currentToken().isScalarValue() ? parser.getText() : "a list or an object";
            throw wrong(name, key + " must hold whole numbers from 0, not " + PrintableText.clipped(value));
        }
        return parser.getLongValue();
    }

    private SqlTuneException wrong(String name, String what) {
        return new SqlTuneException(
                file + ": tensor " + PrintableText.clipped(name) + " " + what + ". Download or save the file again");
    }

    private static JsonParseException fault(String what) {
        return new JsonParseException(null, what);
    }
}
