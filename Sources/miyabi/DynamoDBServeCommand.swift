import ArgumentParser
import DynamoDBEngine
import DynamoDBService
import Encryption
import Foundation
import Logging
import MiyabiHome
import MiyabiOperations
import MiyabiSystem
import UnixSignals

/// `miyabi dynamodb serve`.
struct DynamoDBServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the DynamoDB API over HTTP until Ctrl-C.",
        discussion: """
            A replacement for DynamoDB Local, on its port:
              miyabi dynamodb serve --data ./dynamodb
              aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000

            It prints NAME=value lines for a shell or a .env file: its address, a region, and access keys. Any region and \
            any keys work, until you add keys with `miyabi dynamodb keys add`, or ask for one with --require-keys: then \
            every request must be signed with one of them. Without keys, the server listens on loopback addresses only, \
            and every account of this machine may use it. Web pages may not, unless --cors names them.

            Other machines are served by TLS only (--tls, or --tls-certificate with --tls-key), unless a proxy in front does \
            TLS (--tls-by-proxy).

            Exit codes: 0 stopped by a signal; 1 failed, with the reason on standard error; 64 for a wrong command line.
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port = 8000

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "The region in ARNs and stream records.",
            discussion: "Default: $AWS_REGION or $AWS_DEFAULT_REGION, or the region that each request is signed for."))
    var region: String?

    @Option(help: IsolationOption.help)
    var isolate: IsolationOption?

    @OptionGroup(title: "Where the data is") var store: DynamoDBStoreOptions

    @Flag(help: "Speak TLS 1.2 and 1.3, by a certificate of an authority that is made in the data directory (tls/).")
    var tls = false

    @OptionGroup var certificate: CertificateOptions

    @Flag(
        help: "A proxy in front of this server does TLS: let it listen beyond loopback addresses with plain HTTP.")
    var tlsByProxy = false

    @Flag(help: "Listen on other than loopback addresses without access keys: anyone who can connect may do anything.")
    var allowUnauthenticated = false

    @Flag(help: "Make an access key if there is none, so that every request must be signed.")
    var requireKeys = false

    @Option(
        help: ArgumentHelp(
            "Let web pages of this origin ask, such as http://localhost:3000; * for all.",
            discussion: "May be repeated. Requests must be signed all the same if there are keys.", valueName: "origin")
    )
    var cors: [String] = []

    @Flag(
        help:
            "Throttle requests above a table's provisioned throughput, as DynamoDB does, to test back-off and scaling.")
    var enforceThroughput = false

    @Option(help: "Memory for all requests and responses in progress, in MB: 64 to 1048576.")
    var memoryMb = 256

    @Option(
        help: ArgumentHelp(
            "Fail at random, to test retries.",
            discussion: """
                The fraction of requests that fail with each error, and a delay for all; every part is optional:
                  --faults throttle=0.01,conflict=0.01,internal=0.001,latency=20ms,seed=7
                The same seed gives the same faults for the same requests. Half of the internal errors come after the \
                request was carried out, as can happen on AWS.
                """, valueName: "rates"),
        transform: DynamoDBServeCommand.rates)
    var faults: FaultRates?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        guard (64...1_048_576).contains(memoryMb) else {
            throw ValidationError("--memory-mb must be from 64 to 1048576.")
        }
        guard !(requireKeys && allowUnauthenticated) else {
            throw ValidationError("Use either --require-keys or --allow-unauthenticated.")
        }
        guard !(tlsByProxy && (tls || certificate.files != nil)) else {
            throw ValidationError("Use either --tls or --tls-by-proxy.")
        }
        for origin in cors where !Authentication.isOrigin(origin) {
            throw ValidationError("--cors must be an origin without a path, such as http://localhost:3000, or *.")
        }
        _ = try chosenRegion()
    }

    /// The region that was asked for; nil for that of each request.
    private func chosenRegion() throws -> String? {
        let environment = ProcessInfo.processInfo.environment
        let variable = ["AWS_REGION", "AWS_DEFAULT_REGION"].first { environment[$0]?.isEmpty == false }
        guard let region = region ?? variable.flatMap({ environment[$0] }) else { return nil }
        guard Caller.isRegion(region) else {
            throw ValidationError(
                "\(self.region == nil ? variable ?? "" : "--region") must be a region's name such as ap-northeast-1.")
        }
        return region
    }

    private static func rates(_ text: String) throws -> FaultRates {
        do {
            return try FaultRates(parsing: text)
        } catch {
            throw ValidationError("--faults: \(error).")
        }
    }

    func run() async throws {
        let logger = global.logger(level: .info)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let descriptors = try DescriptorPlan.forThisProcess()
        let memory = store.inMemory ? try MemoryDirectory() : nil
        let engine: Engine
        do {
            var options = try await store.options(memory)
            options.enforceThroughput = enforceThroughput
            options.maximumOpenFiles = descriptors.openFiles
            options.address = "\(host):\(port)"
            options.region = try chosenRegion()
            options.isolation = isolate?.kinds ?? []
            engine = try Engine.open(options, logger: logger)
        } catch {
            try memory?.remove()
            throw error
        }
        let result: Result<Void, any Error>
        do {
            let keys = (memory?.path ?? store.data).map { AccessKeyFile(directory: $0) }
            let own = try requireKeys ? keys.map(ownCredentials) : nil
            let certificates = certificates(in: memory)
            try certificates?.update()
            let shown = try certificates.map {
                try ServerCertificate(certificatePath: $0.serverPath, keyPath: $0.serverPath)
            }
            let server = server(engine, descriptors, keys, shown, logger: logger)
            let address = try await server.start()
            try announce(address, keys, own, certificates, logger: logger)
            let renewal = Task {
                guard let certificates, let shown else { return }
                await CertificateRenewal(certificates, logger: logger).run(
                    while: { true }, reload: { try shown.reload() })
            }
            for await _ in signals { break }
            renewal.cancel()
            await server.shutdown()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await engine.close()
        try memory?.remove()
        try result.get()
    }

    /// Makes the directory's own key, and the credentials file that holds it.
    private func ownCredentials(_ keys: AccessKeyFile) throws -> CredentialsFile {
        let directory = URL(filePath: keys.directory, directoryHint: .isDirectory).absoluteURL.path
        let file = CredentialsFile(path: "\(directory)/\(MiyabiHome.credentialsName)")
        _ = try OwnAccessKey.ensure(in: keys, file)
        return file
    }

    /// Where the certificate and its authority are; nil for plain HTTP.
    private func certificates(in memory: MemoryDirectory?) -> CertificateStore? {
        guard tls || certificate.files != nil, let data = memory?.path ?? store.data else { return nil }
        let directory = URL(filePath: data, directoryHint: .isDirectory).absoluteURL.path + "/tls"
        let address = TLSSettings.isAddress(host) ? host : nil
        var names = CertificateNames.ofThisMachine(listeningOn: address)
        if address == nil, !names.hosts.contains(host) { names.hosts.append(host) }
        return CertificateStore(directory: directory, secrets: directory, names: names, given: certificate.files)
    }

    /// A host that the certificate names, and that leads to this server; nil for that of ``host``.
    private func usualHost(_ certificates: CertificateStore) throws -> String? {
        ["127.0.0.1", "::1", "localhost", "0.0.0.0", "::"].contains(host) ? try certificates.usualHost() : nil
    }

    private func server(
        _ engine: Engine, _ descriptors: DescriptorPlan, _ keys: AccessKeyFile?, _ certificate: ServerCertificate?,
        logger: Logger
    ) -> DynamoDBServer {
        var limits = ServerLimits()
        limits.connections = descriptors.connections
        limits.memory = memoryMb << 20
        return DynamoDBServer(
            engine: engine, host: host, port: port,
            security: certificate.map { .tls($0) } ?? (tlsByProxy ? .byProxy : .onThisMachine),
            authentication: Authentication(
                keys: keys, allowsUnauthenticated: allowUnauthenticated, origins: Set(cors)),
            limits: limits, faults: faults, logger: logger)
    }

    private func announce(
        _ address: (host: String, port: Int), _ keys: AccessKeyFile?, _ own: CredentialsFile?,
        _ certificates: CertificateStore?, logger: Logger
    ) throws {
        if store.noSync { logger.warning("Writes are acknowledged before they are on disk (--no-sync)") }
        if store.inMemory { logger.warning("All data is lost when the program ends (--in-memory)") }
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let scheme = certificates == nil ? "http" : "https"
        try Console.result(
            "DYNAMODB_ENDPOINT=\(scheme)://\(try certificates.flatMap(usualHost) ?? host):\(address.port)")
        let region = try chosenRegion() ?? "ap-northeast-1"
        // The AWS CLI's version 1 and boto3 know only the older name.
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] { try Console.result("\(name)=\(region)") }
        if let certificates {
            try Console.result("AWS_CA_BUNDLE=\(ConnectionDetails.quoted(certificates.bundlePath))")
            Console.error("miyabi: clients have to trust the authority in \(certificates.authorityPath)")
        }
        if let own {
            for (name, value) in own.environment { try Console.result("\(name)=\(ConnectionDetails.quoted(value))") }
            Console.error(
                "miyabi: requests must be signed with a key of this directory, such as the one in \(own.path)")
        } else if try keys?.keys() != nil {
            Console.error("miyabi: requests must be signed with a key of this directory: miyabi dynamodb keys --help")
        } else {
            Console.error(
                allowUnauthenticated
                    ? "miyabi: everybody who can reach \(host) may read and change everything"
                    : "miyabi: every account of this machine may read and change everything; --require-keys prevents it"
            )
            for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
                try Console.result("\(name)=\(DynamoDBSettings.anyKey)")
            }
        }
    }
}

/// Where `miyabi dynamodb serve` keeps its data, and how.
struct DynamoDBStoreOptions: ParsableArguments {
    @Option(help: "The data directory; created if it is missing.", completion: .directory)
    var data: String?

    @Flag(help: "Keep the data in memory, for tests: nothing is written to disk.")
    var inMemory = false

    @Flag(help: "Acknowledge writes before they are on disk: a power failure loses the last ones.")
    var noSync = false

    @Flag(help: "Check all files against their checksums before serving; takes a few seconds per GB.")
    var verify = false

    @Flag(
        help: ArgumentHelp(
            "Encrypt a new data directory, and refuse one that is not encrypted.",
            discussion: """
                With the key that MIYABI_MASTER_KEY_FILE, MIYABI_MASTER_KEY_COMMAND or MIYABI_MASTER_KEY names, else with \
                `master-key` in the directory, made when it is new. A directory that is encrypted needs no --encrypt.
                """))
    var encrypt = false

    @Option(help: "Memory for caching what is read from files, in MB: 8 to 1048576.")
    var cacheMb = 128

    func validate() throws {
        guard (data != nil) != inMemory else { throw ValidationError("Use either --data or --in-memory.") }
        guard !(inMemory && encrypt) else { throw ValidationError("--encrypt has no meaning with --in-memory.") }
        guard !(inMemory && noSync) else { throw ValidationError("--no-sync has no meaning with --in-memory.") }
        guard (8...1_048_576).contains(cacheMb) else {
            throw ValidationError("--cache-mb must be from 8 to 1048576.")
        }
    }

    func options(_ memory: MemoryDirectory?) async throws -> Engine.Options {
        guard let directory = memory?.path ?? data else {
            throw ValidationError("Use either --data or --in-memory.")
        }
        var options = Engine.Options(directory: directory)
        options.synchronous = !noSync && !inMemory
        options.blockCacheBytes = cacheMb << 20
        options.verifiesFiles = verify
        if memory == nil { options.encryption = try await encryption(of: directory) }
        return options
    }

    private func encryption(of directory: String) async throws -> EncryptionAtRest? {
        let keys = HomeKeys(file: "\(directory)/master-key", source: try KeySource())
        let census = try EncryptionCensus(of: directory)
        let isNew = !census.isEncrypted && census.plainFiles == 0
        if encrypt, isNew { try Files.makeDirectory(directory) }
        let found = try await encrypt && isNew ? keys.make() : keys.keys()
        // Refused when it is opened, with whatever key.
        if encrypt, !census.isEncrypted, !isNew {
            return EncryptionAtRest(keys: found ?? MasterKeys(current: MasterKey()), isRequired: true)
        }
        // A key that happens to be in the environment encrypts nothing that nobody asked to encrypt.
        guard let found, encrypt || census.isEncrypted else { return nil }
        return EncryptionAtRest(keys: found, isRequired: encrypt, reload: keys.reload)
    }
}
