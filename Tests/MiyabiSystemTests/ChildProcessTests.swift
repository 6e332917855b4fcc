import Foundation
import Testing

@testable import MiyabiSystem

@Suite("Child processes and ports")
struct ChildProcessTests {
    private func shell(_ script: String, _ change: (inout ChildProcess.Command) -> Void = { _ in })
        -> ChildProcess.Command
    {
        var command = ChildProcess.Command(executable: "/bin/sh", arguments: ["-c", script])
        change(&command)
        return command
    }

    @Test func tellsHowItEnded() async throws {
        #expect(try await ChildProcess.run(shell("exit 7")) == .code(7))
        #expect(try await ChildProcess.run(shell("kill -TERM $$")) == .signal(SIGTERM))
        let error = await #expect(throws: OperationsError.self) {
            try await ChildProcess.run(ChildProcess.Command(executable: "/no/such/program"))
        }
        #expect(error?.message == "cannot start /no/such/program: No such file or directory")
    }

    @Test func isInASessionOfItsOwnWithoutOurDescriptorsAndEnvironment() async throws {
        // A descriptor that whoever started us forgot to close.
        let leak = dup(2)
        _ = fcntl(leak, F_SETFD, 0)
        defer { close(leak) }
        let text = try await ChildProcess.output(
            of: "/bin/sh",
            arguments: [
                "-c",
                "ps -o sid= -p $$; echo $$; ls /proc/$$/fd | tr '\\n' ' '; env | cut -d= -f1 | sort | tr '\\n' ' '",
            ])
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines[0] == lines[1])
        #expect(lines[2].hasPrefix("0 1 2 LC_ALL"), "\(lines[2])")
        #expect(!lines[2].contains("HOME"))
    }

    @Test(.enabled(if: geteuid() == 0)) func runsUnderTheAccountWithNoWayBack() async throws {
        let account = try #require(ServiceAccount(named: "postgres"))
        let directory = FileManager.default.temporaryDirectory.path + "/miyabi-account-\(UUID().uuidString)"
        try Files.makeDirectory(directory, mode: 0o755)
        defer { try? Files.remove(directory) }
        let output = directory + "/out"
        let exit = try await ChildProcess.run(
            shell("id -un; pwd; grep NoNewPrivs /proc/self/status") {
                $0.account = account
                $0.output = output
            })
        #expect(exit == .code(0))
        #expect(Files.read(output)?.split(whereSeparator: \.isWhitespace) == ["postgres", "/", "NoNewPrivs:", "1"])
    }

    @Test func aSignalReachesItAndNobodyElse() async throws {
        let child = try await ChildProcess.start(shell("exec sleep 60"))
        #expect(child.ended == nil)
        child.signal(SIGTERM)
        #expect(await child.exit == .signal(SIGTERM))
        // Now the number may be anybody's: nothing is sent.
        child.signal(SIGKILL)
        #expect(child.ended == .signal(SIGTERM))
    }

    @Test func aPortInUseNamesItsOwner() throws {
        // Any port that nobody has: one that was found free before may be a connection's of another test by now.
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        #expect(isListening)
        let port = Int(UInt16(bigEndian: address.sin_port))
        #expect(try !LocalPort.isFree(port))
        #expect(LocalPort.owner(of: port)?.pid == getpid())
        let error = LocalPort.inUse(port, option: "--postgres-port", variable: "MIYABI_POSTGRES_PORT")
        #expect(error.message.contains("port \(port) on 127.0.0.1 is in use by"))
        #expect(error.message.contains("(process \(getpid()))"))
        #expect(error.advice?.contains("--postgres-port N or MIYABI_POSTGRES_PORT=N") == true)
    }

    @Test func theKernelsTableIsRead() {
        let table = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:D439 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 4711 1 0 100 0 0 10 0
               1: 0100007F:D439 0100007F:8000 01 00000000:00000000 00:00000000 00000000   101        0 4712 1 0 100 0 0 10 0
               2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 4713 1 0 100 0 0 10 0
            """
        #expect(LocalPort.listeningInodes(table: table, port: 54_329) == ["4711"])
        #expect(LocalPort.listeningInodes(table: table, port: 80) == ["4713"])
        #expect(LocalPort.listeningInodes(table: table, port: 81).isEmpty)
    }
}
