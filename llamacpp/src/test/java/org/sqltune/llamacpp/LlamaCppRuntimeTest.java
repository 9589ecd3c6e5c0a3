package org.sqltune.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Api;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.core.config.settings.EngineSettings.PromptAs;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextEngine;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.inference.runtime.Runtimes;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** llama.cpp itself, over files that {@link GgufExport} wrote. */
class LlamaCppRuntimeTest {
    private static final List<String> PROMPTS = IntStream.range(0, 10)
            .mapToObj(i -> "TABLE: singer (id (number), name (text))\nHow many singers are older than " + 7 * i + "?\n")
            .toList();

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void findModel() throws URISyntaxException {
        model = Path.of(
                Objects.requireNonNull(LlamaCppRuntimeTest.class.getResource("/parity/tiny_llama_with_tokenizer"))
                        .toURI());
    }

    @Test
    void tenPromptsAreContinuedAsTheNativeEngineContinuesThem() {
        List<String> expected = nativeTexts(model);
        Path file = export(model, GgufFileType.F32);

        try (Tokenizer tokenizer = Tokenizer.load(model, DecoderConfigReader.read(model))) {
            assertThat(texts(file, new PromptForm.Text())).isEqualTo(expected);
            assertThat(texts(file, new PromptForm.Ids(request -> tokenizer.encodePrompt(request.prompt()))))
                    .isEqualTo(expected);
        }
        assertThat(expected).noneMatch(String::isBlank);
        assertThat(Set.copyOf(expected)).hasSizeGreaterThan(2);
    }

    /** The protocol over the wire, with llama.cpp behind it. */
    @Test
    void aServerOverLlamaCppGivesTheSameTenAnswers() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (TextCompleter llama = open(export(model, GgufFileType.F32), new PromptForm.Text())) {
            server.createContext("/v1/models", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("{\"data\": [{\"id\": \"tiny\"}]}".getBytes(UTF_8));
                }
            });
            server.createContext("/v1/completions", exchange -> {
                try (exchange) {
                    JsonNode body = json.readTree(exchange.getRequestBody());
                    exchange.sendResponseHeaders(200, 0);
                    TextRequest request = TextRequest.of(
                            body.path("prompt").asText(),
                            GenerationSettings.greedy(body.path("max_tokens").asInt()));
                    TextAnswer answer = llama.submit(request, piece -> write(exchange, json, piece, null))
                            .await();
                    write(exchange, json, "", answer.end() == End.LENGTH ? "length" : "stop");
                }
            });
            server.start();
            String url = "http://localhost:" + server.getAddress().getPort();
            EngineSettings settings =
                    new EngineSettings(Engine.OPENAI, url, null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 60);
            try (TextCompleter client =
                    new Runtimes(Map.of()).open(settings, new PromptForm.Text(), EngineLimits.of(1, 1))) {
                assertThat(texts(client)).isEqualTo(nativeTexts(model));
            }
        } finally {
            server.stop(0);
        }
    }

    private static void write(HttpExchange exchange, JsonMapper json, String piece, @Nullable String end) {
        ObjectNode event = json.createObjectNode();
        event.putArray("choices").addObject().put("text", piece).put("finish_reason", end);
        try {
            exchange.getResponseBody().write(("data: " + event + "\n\n").getBytes(UTF_8));
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ties, biases, heads of their own width, scaled rotation, shards: each fixture has something of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {"gqa_tied", "llama3_rope", "llama_linear", "llama_dynamic", "mistral_tiny", "sharded", "qwen2"})
    void modelsOfOtherShapesChooseTheSameTokens(String fixture) throws Exception {
        Path other = numbered(fixture);
        long[] prompt = {5, 9, 33, 12, 40, 7};
        int limit = 8;
        String expected;
        try (Torch torch = Torch.cpu();
                LanguageModel loaded = LanguageModel.load(torch, other, ElementType.FLOAT32);
                TextGenerator generator = loaded.newGenerator()) {
            long[] ids = generator.generate(prompt, GenerationSettings.greedy(limit));
            expected = loaded.tokenizer().decode(ids);
        }
        Path file = folder.resolve("other.gguf");
        GgufExport.write(other, file, GgufFileType.F32, false, ProgressListener.NONE);
        try (TextCompleter completer = open(file, new PromptForm.Ids(request -> prompt))) {
            TextRequest request = TextRequest.of("", GenerationSettings.greedy(limit));
            assertThat(completer.submit(request, TextListener.NONE).await().text())
                    .isEqualTo(expected)
                    .isNotEmpty();
        }
    }

    /** A fixture with a tokenizer whose tokens are numbers: what is generated can be read off the text. */
    private Path numbered(String fixture) throws Exception {
        Path source = Path.of(Objects.requireNonNull(LlamaCppRuntimeTest.class.getResource("/parity/" + fixture))
                .toURI());
        Path target = Files.createDirectories(folder.resolve("numbered"));
        try (Stream<Path> files = Files.list(source)) {
            for (Path each : files.filter(file -> file.getFileName().toString().startsWith("model"))
                    .toList()) {
                Files.copy(each, target.resolve(each.getFileName()));
            }
        }
        String config = Files.readString(source.resolve("config.json"))
                .replace("\"use_sliding_window\": true", "\"use_sliding_window\": false")
                .replace("sliding_attention", "full_attention");
        Files.writeString(target.resolve("config.json"), config);
        int size = DecoderConfigReader.read(target).vocabSize();
        String vocabulary = IntStream.range(0, size)
                .mapToObj(id -> String.format("\"A%02x\": %d", id, id))
                .collect(Collectors.joining(", "));
        Files.writeString(
                target.resolve("tokenizer.json"),
                "{\"added_tokens\": [], \"normalizer\": null, \"pre_tokenizer\": {\"type\": \"ByteLevel\","
                        + " \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true},"
                        + " \"post_processor\": null, \"decoder\": {\"type\": \"ByteLevel\", \"add_prefix_space\": false,"
                        + " \"trim_offsets\": true, \"use_regex\": true}, \"model\": {\"type\": \"BPE\", \"vocab\": {"
                        + vocabulary + "}, \"merges\": []}}");
        Files.writeString(target.resolve("tokenizer_config.json"), "{}");
        return target;
    }

    @Test
    void everyTypeLoads() {
        for (GgufFileType type : GgufFileType.values()) {
            try (TextCompleter completer = open(export(model, type), new PromptForm.Text())) {
                assertThat(completer
                                .submit(request(PROMPTS.get(0)), TextListener.NONE)
                                .await()
                                .newTokens())
                        .as(type.name())
                        .isPositive();
            }
        }
    }

    /** Llama 2's kind of tokenizer: characters, merges, and bytes for what is no character of it. */
    @Test
    void aTokenizerThatFallsBackOnBytesGivesTheSameTokens() throws IOException {
        Path other = Files.createDirectories(folder.resolve("spm"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(model.resolve(name), other.resolve(name));
        }
        Files.writeString(other.resolve("tokenizer.json"), characterTokenizer());
        Files.writeString(
                other.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"add_bos_token\": true}");
        Path file = export(other, GgufFileType.F32);

        try (Tokenizer tokenizer = Tokenizer.load(other, DecoderConfigReader.read(other));
                LlamaModel llama = new LlamaModel(
                        new ModelParameters().setModel(file.toString()).setCtxSize(64))) {
            for (String text : List.of(
                    "select count ( * ) from the selection",
                    "  two  spaces and\na line",
                    "größer als 10 € 😀",
                    "counter selects",
                    "ttttheeee")) {
                assertThat(llama.encode(text)).as(text).isEqualTo(ints(tokenizer.encode(text)));
            }
        }
    }

    private static int[] ints(long[] ids) {
        return IntStream.range(0, ids.length).map(i -> (int) ids[i]).toArray();
    }

    private static String characterTokenizer() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        List.of("<unk>", "<s>", "</s>").forEach(token -> vocabulary.put(token, vocabulary.size()));
        IntStream.range(0, 256).forEach(i -> vocabulary.put(String.format("<0x%02X>", i), vocabulary.size()));
        "▁abcdefghijklmnopqrstuvwxyz0123456789(*)"
                .chars()
                .forEach(c -> vocabulary.put(String.valueOf((char) c), vocabulary.size()));
        List<String> merges = new ArrayList<>();
        for (String pair : List.of(
                "t h",
                "c o",
                "s e",
                "th e",
                "se l",
                "▁ the",
                "▁ s",
                "u n",
                "co un",
                "sel e",
                "e c",
                "▁ c",
                "coun t",
                "sele c",
                "selec t",
                "▁ select",
                "▁ count",
                "i o",
                "io n",
                "▁ 1",
                "t t",
                "e e",
                "▁ ▁")) {
            merges.add(pair);
            vocabulary.putIfAbsent(pair.replace(" ", ""), vocabulary.size());
        }
        StringBuilder json = new StringBuilder("{\"version\": \"1.0\", \"added_tokens\": [");
        for (int id = 0; id < 3; id++) {
            json.append(id == 0 ? "" : ", ")
                    .append("{\"id\": ")
                    .append(id)
                    .append(", \"content\": \"")
                    .append(List.of("<unk>", "<s>", "</s>").get(id))
                    .append("\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false,"
                            + " \"special\": true}");
        }
        json.append("], \"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Prepend\", \"prepend\":"
                + " \"▁\"}, {\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"▁\"}]},"
                + " \"pre_tokenizer\": null, \"post_processor\": null, \"decoder\": null, \"model\": {\"type\": \"BPE\","
                + " \"unk_token\": \"<unk>\", \"fuse_unk\": true, \"byte_fallback\": true, \"vocab\": {");
        vocabulary.forEach((token, id) -> json.append(id == 0 ? "" : ", ")
                .append('"')
                .append(token)
                .append("\": ")
                .append(id));
        json.append("}, \"merges\": [");
        json.append(
                String.join(", ", merges.stream().map(each -> '"' + each + '"').toList()));
        return json.append("]}}").toString();
    }

    @Test
    void anAnswerEndsAtItsLimitAtAStopTextAndWhenItIsCancelled() {
        Path file = export(model, GgufFileType.F32);
        try (TextCompleter completer = open(file, new PromptForm.Text())) {
            TextRequest three = TextRequest.of(PROMPTS.get(0), GenerationSettings.greedy(3));
            assertThat(completer.submit(three, TextListener.NONE).await().end()).isEqualTo(End.LENGTH);

            String whole = completer
                    .submit(request(PROMPTS.get(0)), TextListener.NONE)
                    .await()
                    .text();
            String stop = whole.substring(4, 6);
            assertThat(completer
                            .submit(request(PROMPTS.get(0)).withStopTexts(List.of(stop)), TextListener.NONE)
                            .await()
                            .text())
                    .isEqualTo(whole.substring(0, whole.indexOf(stop)));

            List<TextTicket> running = new ArrayList<>();
            TextTicket cancelled =
                    completer.submit(request(PROMPTS.get(1)), piece -> running.forEach(TextTicket::cancel));
            running.add(cancelled);
            assertThat(cancelled.await().end()).isIn(End.CANCELLED, End.LENGTH, End.STOP);
            assertThat(completer
                            .submit(request(PROMPTS.get(0)), TextListener.NONE)
                            .await()
                            .text())
                    .isEqualTo(whole);
        }
    }

    @Test
    void whatIsNoModelIsRefusedInALine() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.gguf"), "GGUF and no more");

        assertThatThrownBy(() -> open(broken, new PromptForm.Text()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("llama.cpp can't load " + broken + " (");
        assertThatThrownBy(() -> open(folder.resolve("none.gguf"), new PromptForm.Text()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no file " + folder.resolve("none.gguf"));
    }

    private Path export(Path source, GgufFileType type) {
        Path file = folder.resolve(source.getFileName() + "." + type + ".gguf");
        GgufExport.write(source, file, type, false, ProgressListener.NONE);
        return file;
    }

    private static TextRequest request(String prompt) {
        return TextRequest.of(prompt, GenerationSettings.greedy(16));
    }

    private static List<String> nativeTexts(Path folder) {
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, folder, ElementType.FLOAT32);
                AdapterSet adapters = new AdapterSet(model.decoder(), "tiny");
                TextEngine engine = new TextEngine(model, adapters, EngineLimits.of(4, 1 << 20))) {
            return texts(engine);
        }
    }

    private static List<String> texts(Path file, PromptForm form) {
        try (TextCompleter completer = open(file, form)) {
            return texts(completer);
        }
    }

    private static List<String> texts(TextCompleter completer) {
        return PROMPTS.stream()
                .map(prompt -> completer
                        .submit(request(prompt), TextListener.NONE)
                        .await()
                        .text())
                .toList();
    }

    /** As programs open it, by the setting. */
    private static TextCompleter open(Path file, PromptForm form) {
        EngineSettings settings = new EngineSettings(
                Engine.LLAMA_CPP, file.toString(), null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 60);
        return new Runtimes(Map.of()).open(settings, form, EngineLimits.of(4, 1));
    }
}
