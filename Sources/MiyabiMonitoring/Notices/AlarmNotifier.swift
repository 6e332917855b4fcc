import AsyncHTTPClient
import Crypto
public import Foundation
public import Logging
public import MiyabiHome
import MiyabiSystem
import NIOCore
import NIOHTTP1

/// Somebody whom changes of alarms are told to.
protocol AlarmSink: Sendable {
    var name: String { get }
    func tell(_ event: AlarmEvent) async throws
}

/// Tells everybody who is to be told, each at their own speed.
///
/// A sink that fails is tried again, later and later; behind it wait at most 256 events, of which the oldest go first.
public actor AlarmNotifier {
    private struct Line {
        let continuation: AsyncStream<AlarmEvent>.Continuation
        let worker: Task<Void, Never>
    }

    private let sinks: [any AlarmSink]
    private let lines: [Line]

    /// Tells those whom the settings name.
    public init(_ settings: MonitorSettings, logger: Logger) {
        var sinks: [any AlarmSink] = [AlarmLog(logger: logger)]
        if let command = settings.alarmCommand { sinks.append(AlarmCommand(command: command)) }
        if let webhook = settings.alarmWebhook {
            sinks.append(AlarmWebhook(url: webhook, secret: settings.alarmWebhookSecret))
        }
        self.init(sinks, logger: logger)
    }

    init(_ sinks: [any AlarmSink], logger: Logger, backoff: Duration = .seconds(1)) {
        self.sinks = sinks
        lines = sinks.map { sink in
            let (events, continuation) = AsyncStream.makeStream(
                of: AlarmEvent.self, bufferingPolicy: .bufferingNewest(256))
            let worker = Task {
                for await event in events { await Self.deliver(event, to: sink, backoff, logger) }
            }
            return Line(continuation: continuation, worker: worker)
        }
    }

    /// Tells of an event, and does not wait until everybody has heard.
    public func tell(_ event: AlarmEvent) {
        guard event.isTold, !event.isSilenced else { return }
        for line in lines { line.continuation.yield(event) }
    }

    /// Tells everybody once, and says who could not be told, and why.
    public func tellNow(_ event: AlarmEvent) async -> [(sink: String, problem: String?)] {
        var results: [(sink: String, problem: String?)] = []
        for sink in sinks {
            do {
                try await sink.tell(event)
                results.append((sink.name, nil))
            } catch {
                results.append((sink.name, "\(error)"))
            }
        }
        return results
    }

    /// Ends; what is not told yet is not told any more.
    public func stop() {
        for line in lines {
            line.continuation.finish()
            line.worker.cancel()
        }
    }

    /// Ten attempts, together for about a quarter of an hour.
    private static func deliver(
        _ event: AlarmEvent, to sink: any AlarmSink, _ backoff: Duration, _ logger: Logger
    ) async {
        var pause = backoff
        for attempt in 1...10 {
            do {
                return try await sink.tell(event)
            } catch {
                if Task.isCancelled { return }
                let rest = attempt == 10 ? "given up" : "trying again"
                logger.debug("the \(sink.name) could not be told of \(event.alarm): \(error); \(rest)")
                if attempt == 10 {
                    logger.warning("the \(sink.name) could not be told of the alarm \(event.alarm): \(error)")
                }
            }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, .seconds(240))
        }
    }
}

/// The log of the process.
struct AlarmLog: AlarmSink {
    let name = "log"
    let logger: Logger

    func tell(_ event: AlarmEvent) async throws {
        logger.log(level: event.state == .alarm ? .warning : .info, "\(event.sentence)")
    }
}

/// A command of the operator's, run by the shell with what happened in its environment.
struct AlarmCommand: AlarmSink {
    let name = "command"
    let command: String

    func tell(_ event: AlarmEvent) async throws {
        // Nothing of ours, which has secrets.
        let own = ProcessInfo.processInfo.environment
        var environment = ["PATH": own["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", "HOME": own["HOME"] ?? "/"]
        environment["MIYABI_ALARM_NAME"] = event.alarm
        environment["MIYABI_ALARM_STATE"] = event.state.rawValue
        environment["MIYABI_ALARM_SEVERITY"] = event.severity.rawValue
        environment["MIYABI_ALARM_TEXT"] = event.sentence
        environment["MIYABI_ALARM_JSON"] = String(decoding: try AlarmWebhook.body(of: event), as: UTF8.self)
        let child = try await ChildProcess.start(
            ChildProcess.Command(executable: "/bin/sh", arguments: ["-c", command], environment: environment))
        let limit = Task {
            try await Task.sleep(for: .seconds(60))
            child.signal(9)
        }
        defer { limit.cancel() }
        let exit = await child.exit
        guard exit == .code(0) else { throw AlarmSinkError(reason: "the command ended with \(exit)") }
    }
}

/// A web hook: a POST of JSON, signed with a secret that both sides know.
///
/// `X-Miyabi-Signature` is `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hexadecimal digits>`.
struct AlarmWebhook: AlarmSink {
    let name = "webhook"
    let url: String
    let secret: String?

    static func body(of event: AlarmEvent) throws -> Data {
        try AlarmFiles.encoder.encode(event)
    }

    static func signature(_ body: Data, secret: String, at seconds: Int) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(seconds).".utf8) + body, using: SymmetricKey(data: Data(secret.utf8)))
        return "t=\(seconds),v1=\(code.hex)"
    }

    func tell(_ event: AlarmEvent) async throws {
        let body = try Self.body(of: event)
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        if let secret {
            request.headers.add(
                name: "x-miyabi-signature",
                value: Self.signature(body, secret: secret, at: Int(Date().timeIntervalSince1970)))
        }
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        guard (200...299).contains(response.status.code) else {
            throw AlarmSinkError(reason: "it answered \(response.status.code)")
        }
    }
}

struct AlarmSinkError: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}
