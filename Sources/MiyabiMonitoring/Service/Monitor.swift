import FoundationEssentials
import Logging
import MiyabiHome
import MiyabiSystem

/// Reads the sources again and again, keeps what they say, and judges it.
actor Monitor {
    private let collector: Collector
    private let directory: String
    private let interval: Duration
    private let pace: Double
    private let notifier: AlarmNotifier
    private let logger: Logger
    private let files: AlarmFiles
    private var history: MetricHistory?
    private var desk: AlarmDesk
    private var differences = Differences()
    private var recent: [Sample] = []
    private var latest: [String: [Reading]] = [:]
    private var lastTick: ContinuousClock.Instant?
    /// What went wrong the last time, so that it is told once.
    private var problem: String?

    /// How long samples stay in memory: the longest window of an alarm.
    private static let memory: Int64 = 3_600_000

    init(
        _ sources: [any MetricSource], home: MiyabiHome, settings: MonitorSettings, notifier: AlarmNotifier,
        logger: Logger
    ) {
        pace = Double(settings.pace)
        interval = .seconds(15) / settings.pace
        collector = Collector(sources, deadline: min(.seconds(5), interval * 5))
        directory = MetricHistory.directory(of: home)
        files = AlarmFiles(home)
        desk = AlarmDesk(files: files, pace: pace)
        (self.notifier, self.logger) = (notifier, logger)
    }

    /// Goes on until its task is cancelled.
    func run() async {
        let clock = ContinuousClock()
        var next = clock.now
        while !Task.isCancelled {
            await tick()
            next = max(next + interval, clock.now)
            guard (try? await Task.sleep(until: next, clock: clock)) != nil else { return }
        }
    }

    /// Takes one sample.
    func tick() async {
        let readings = await collector.collect()
        if Task.isCancelled { return }
        let now = ContinuousClock.now
        let span = lastTick.map { (now - $0) / .seconds(1) } ?? interval / .seconds(1)
        lastTick = now
        latest = readings
        let time = Int64(Date().timeIntervalSince1970 * 1000)
        let sample = differences.sample(readings, at: time, span: span)
        recent.removeAll { time - $0.time > Self.memory }
        recent.append(sample)
        attempt("keep figures") { try keep(sample) }
        var events: [AlarmEvent] = []
        attempt("judge alarms") { events = try desk.judge(recent) }
        for event in events { await notifier.tell(event) }
    }

    private func keep(_ sample: Sample) throws {
        let history = try history ?? MetricHistory(directory)
        self.history = history
        try history.append(sample)
    }

    private func attempt(_ what: String, _ body: () throws -> Void) {
        do {
            try body()
            if problem?.hasPrefix(what) == true { problem = nil }
        } catch {
            let text = "\(what): \(error)"
            if problem != text { logger.warning("the monitor cannot \(text)") }
            problem = text
        }
    }

    /// What the sources said last, for `/metrics`.
    var exposition: String { Exposition.text(of: latest.values.flatMap { $0 }) }

    /// Whether samples are taken.
    var isLive: Bool { lastTick.map { ContinuousClock.now - $0 < interval * 4 + .seconds(5) } ?? false }

    /// Why not everything is ready; empty where it is.
    func notReady() async -> [String] {
        guard lastTick != nil else { return ["nothing was read yet"] }
        var problems = await collector.problems.map { "\($0.key): \($0.value)" }.sorted()
        let writable = latest["dynamodb"]?.first { $0.series.name == "miyabi_dynamodb_writable" }
        if writable?.value == .gauge(0) { problems.append("dynamodb: accepts no write") }
        return problems
    }
}
