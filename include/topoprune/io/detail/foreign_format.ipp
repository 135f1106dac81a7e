// SPDX-License-Identifier: MIT
#pragma once

#include "foreign_format.hpp"

#include "../file_error.hpp"
#include "message_text.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool begins_as_safetensors(std::string_view head) {
    constexpr std::uint64_t longest = 100'000'000;
    if (head.size() < 10 || head[8] != '{' || (head[9] != '"' && head[9] != '}' && head[9] != ' '))
        return false;
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < 8; ++i)
        length |= static_cast<std::uint64_t>(static_cast<unsigned char>(head[i])) << (8 * i);
    return length <= longest;
}

TOPOPRUNE_DEFINE std::optional<foreign_format> recognize_foreign(std::string_view head) {
    using namespace std::string_view_literals;
    // How torch.save began before it wrote zip archives: the pickle of its magic number.
    if (head.starts_with("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46"sv))
        return foreign_format::pytorch;
    if (head.size() > 1 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5)
        return foreign_format::pickle;
    if (begins_as_safetensors(head))
        return foreign_format::safetensors;
    if (head.starts_with("PAR1"sv))
        return foreign_format::parquet;
    if (head.starts_with("ARROW1"sv) || head.starts_with("FEA1"sv))
        return foreign_format::arrow;
    if (head.starts_with("\x89HDF\r\n\x1a\n"sv))
        return foreign_format::hdf5;
    if (head.starts_with("MATLAB 5.0 MAT"sv))
        return foreign_format::matlab;
    if (head.starts_with("\x28\xb5\x2f\xfd"sv))
        return foreign_format::zstd;
    if (head.starts_with("\xfd\x37zXZ\0"sv))
        return foreign_format::xz;
    if (head.starts_with("BZh"sv) && head.size() > 9 && head.substr(4, 6) == "\x31\x41\x59\x26\x53\x59"sv)
        return foreign_format::bzip2;
    if (head.starts_with("\xef\xbb\xbf"sv))
        head.remove_prefix(3);
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    if (head.starts_with('<'))
        return foreign_format::html;
    if (head.starts_with('{') || head.starts_with("[["sv) || head.starts_with("[{"sv))
        return foreign_format::json;
    return std::nullopt;
}

TOPOPRUNE_DEFINE void refuse_foreign(const std::string& file, foreign_format format) {
    // The names in the line of Python: those of the file, if they can stand in quotes.
    const std::filesystem::path path(file);
    std::string name = path.string();
    std::string stem = path.stem().string();
    if (!is_plain_text(name) || name.find_first_of("'\"\\`$!") != std::string::npos) {
        name = "FILE";
        stem = "FILE";
    }
    const auto python = [](const std::string& line) { return "; to convert it: python -c \"" + line + "\""; };
    const std::string to_csv = "('" + name + "').to_csv('" + stem + ".csv', index=False)";
    const std::string must = ", must be .npy, .npz, idx or csv";
    std::string defect;
    switch (format) {
    case foreign_format::pytorch:
        defect = "is a file of PyTorch" + must +
                 python("import numpy, torch; t = torch.load('" + name +
                        "', map_location='cpu').detach(); numpy.save('" + stem +
                        ".npy', (t.float() if t.is_floating_point() else t).numpy())");
        break;
    case foreign_format::pickle:
        defect = "is a pickle of Python" + must +
                 python("import numpy, pickle; numpy.save('" + stem + ".npy', pickle.load(open('" + name +
                        "', 'rb')))");
        break;
    case foreign_format::safetensors:
        defect = "is a file of safetensors" + must +
                 python("import numpy, safetensors.numpy; numpy.savez('" + stem +
                        ".npz', **safetensors.numpy.load_file('" + name + "'))");
        break;
    case foreign_format::parquet:
        defect = "is a parquet file" + must + python("import pandas; pandas.read_parquet" + to_csv);
        break;
    case foreign_format::arrow:
        defect = "is a feather file" + must + python("import pandas; pandas.read_feather" + to_csv);
        break;
    case foreign_format::hdf5:
        defect = "is an HDF5 file" + must +
                 python("import h5py, numpy; numpy.savez('" + stem +
                        ".npz', **{k: v[()] for k, v in h5py.File('" + name + "').items()})");
        break;
    case foreign_format::matlab:
        defect =
            "is a file of MATLAB" + must +
            python("import numpy, scipy.io; numpy.savez('" + stem +
                   ".npz', **{k: v for k, v in scipy.io.loadmat('" + name + "').items() if k[0] != '_'})");
        break;
    case foreign_format::excel:
        defect = "is a workbook of Excel" + must + python("import pandas; pandas.read_excel" + to_csv);
        break;
    case foreign_format::zstd:
        defect = "is compressed by zstd, must be plain or gzipped; to unpack it: zstd -d '" + name + "'";
        break;
    case foreign_format::xz:
        defect = "is compressed by xz, must be plain or gzipped; to unpack it: xz -d '" + name + "'";
        break;
    case foreign_format::bzip2:
        defect = "is compressed by bzip2, must be plain or gzipped; to unpack it: bunzip2 '" + name + "'";
        break;
    case foreign_format::html:
        defect = "holds no row of numbers: it is an HTML or XML page";
        break;
    case foreign_format::json:
        defect = "holds no row of numbers: it is JSON" + must;
        break;
    }
    throw input_error(file, defect);
}

} // namespace topoprune::detail
