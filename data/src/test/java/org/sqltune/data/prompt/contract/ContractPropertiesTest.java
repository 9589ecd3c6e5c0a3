package org.sqltune.data.prompt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

class ContractPropertiesTest {
    private final Path folder = temporaryFolder();

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll("contracts") PromptContract contract) throws IOException {
        ContractFile.writeInto(folder, contract);
        assertThat(ContractFile.read(folder)).contains(contract);
    }

    @Property(tries = 200)
    void onlyEqualContractsHaveTheSameHash(
            @ForAll("contracts") PromptContract one, @ForAll("contracts") PromptContract other) {
        assertThat(ContractFile.hash(one).equals(ContractFile.hash(other))).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<PromptContract> contracts() {
        return AnyContract.contracts();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("contract");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterProperty
    void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve(ContractFile.NAME));
        Files.deleteIfExists(folder);
    }
}
