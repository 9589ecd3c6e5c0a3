package org.sqltune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenBytesTest {
    @TempDir
    Path folder;

    private TokenBytes read(String json, int size) throws IOException {
        return TokenBytes.read(Files.writeString(folder.resolve("tokenizer.json"), json), size);
    }

    private static String text(TokenBytes tokens, int id) {
        byte[] bytes = tokens.bytes(id);
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void charactersOfByteLevelTokenizersAreBytes() throws IOException {
        TokenBytes tokens = read("""
                {"model": {"type": "BPE", "vocab": {"Ġname": 0, "Ċ": 1, "Ã¼": 2, "<s>": 3}},
                 "decoder": {"type": "ByteLevel"},
                 "added_tokens": [{"id": 3, "content": "<s>", "special": true}]}""", 6);
        assertThat(text(tokens, 0)).isEqualTo(" name");
        assertThat(text(tokens, 1)).isEqualTo("\n");
        assertThat(text(tokens, 2)).isEqualTo("ü");
        assertThat(text(tokens, 3)).isEqualTo("none");
        assertThat(text(tokens, 5)).isEqualTo("none");
    }

    @Test
    void sentencePieceHasSpacesAndBytesOfItsOwn() throws IOException {
        TokenBytes tokens = read("""
                {"model": {"type": "BPE", "vocab": {"▁name": 0, "<0x0A>": 1, "ü": 2, "</s>": 3}},
                 "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
                 "added_tokens": [{"id": 3, "content": "</s>", "special": true}]}""", 4);
        assertThat(text(tokens, 0)).isEqualTo(" name");
        assertThat(text(tokens, 1)).isEqualTo("\n");
        assertThat(text(tokens, 2)).isEqualTo("ü");
        assertThat(text(tokens, 3)).isEqualTo("none");
    }
}
