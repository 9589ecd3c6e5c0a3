package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A folder with an adapter as PEFT wrote it (r 4, alpha 8, all seven projections), and the model it belongs to. */
abstract class PeftAdapterFixture {
    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    final Torch torch = Torch.cpu();
    final Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);

    @BeforeEach
    void copyAdapter() {
        TestFolders.copyFiles(ParityFixture.of("gqa_tied").folder().resolve("adapter"), folder);
    }

    @AfterEach
    void closeTorch() {
        decoder.close();
        torch.close();
    }

    final LoraAdapter load() {
        return PeftAdapterFiles.load(folder, decoder);
    }

    /** Changes adapter_config.json. */
    final void edit(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("adapter_config.json"), change);
    }

    static void assertRefused(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }
}
