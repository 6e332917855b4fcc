public import ArgumentParser
public import MiyabiDatabase

// The words that options take, by their names.
extension PluginTier: ExpressibleByArgument {}
extension LicenseStatus: ExpressibleByArgument {}
extension LicenseAlgorithm: ExpressibleByArgument {}
