# SPDX-License-Identifier: MIT
# `conan create cmake/packaging/conan` packages the sources around this file; cmake/packaging/README.md says how a release
# is packaged instead.
import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

required_conan_version = ">=2.1"


class TopopruneConan(ConanFile):
    name = "topoprune"
    description = "Chooses which samples of a labeled dataset to train on, by topology"
    license = "MIT"
    topics = ("data-pruning", "coreset", "topological-data-analysis", "header-only")
    package_type = "static-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "compiled": [True, False],  # topoprune::compiled and topoprune::compiled_io
        "with_tbb": [True, False],  # topoprune::tbb
        "with_io": [True, False],  # topoprune::io
    }
    default_options = {"compiled": False, "with_tbb": True, "with_io": True}

    @property
    def _root(self):
        return os.path.join(self.recipe_folder, os.pardir, os.pardir, os.pardir)

    def set_version(self):
        header = load(self, os.path.join(self._root, "include", "topoprune", "core", "version.hpp"))
        self.version = ".".join(re.search(rf"TOPOPRUNE_VERSION_{part} (\d+)", header).group(1)
                                for part in ("MAJOR", "MINOR", "PATCH"))

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "include/*", "cmake/*.cmake", "cmake/*.in"):
            copy(self, pattern, src=self._root, dst=self.export_sources_folder, excludes="cmake/packaging/*")

    def configure(self):
        if not self.options.compiled:
            self.package_type = "header-library"

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        headers = {"transitive_headers": True}
        self.requires("eigen/3.4.0", **headers)  # the version that spectra asks for
        self.requires("boost/[>=1.74.0 <2]", options={"header_only": True}, **headers)
        self.requires("nanoflann/[>=1.4.2 <2]", **headers)
        self.requires("spectra/1.0.1", **headers)
        self.requires("xsimd/[>=8.1.0 <15]", **headers)
        if self.options.with_tbb:
            self.requires("onetbb/[>=2021.8.0]", transitive_libs=True, **headers)
        if self.options.with_io:
            self.requires("zlib/[>=1.2.11 <2]", transitive_libs=True, **headers)
            self.requires("nlohmann_json/[>=3.11.2 <4]", **headers)

    def package_id(self):
        if not self.info.options.compiled:
            self.info.settings.clear()

    def validate(self):
        if self.settings.os == "Windows":
            raise ConanInvalidConfiguration("topoprune needs GCC or Clang on a system like Unix")
        check_min_cppstd(self, 20)

    def generate(self):
        # What an option leaves out is not to be found on the system either.
        toolchain = CMakeToolchain(self)
        for variable, value in {
            "TOPOPRUNE_BUILD_TESTS": False,
            "TOPOPRUNE_BUILD_EXAMPLES": False,
            "TOPOPRUNE_BUILD_COMPILED": bool(self.options.compiled),
            "TOPOPRUNE_NATIVE": False,  # a package is for other machines too
            "TOPOPRUNE_HNSWLIB_INCLUDE": "OFF",
            "TOPOPRUNE_GUDHI_INCLUDE": "OFF",
            "CMAKE_DISABLE_FIND_PACKAGE_TBB": not self.options.with_tbb,
            "CMAKE_DISABLE_FIND_PACKAGE_nlohmann_json": not self.options.with_io,
            "CMAKE_DISABLE_FIND_PACKAGE_xtensor": True,
        }.items():
            toolchain.cache_variables[variable] = value
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        if self.options.compiled:
            cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        rmdir(self, os.path.join(self.package_folder, "share"))
        # Conan writes the files for pkg-config itself.
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))

    def package_info(self):
        # The package's own CMake files are used: they know the flags that the compiled library asks of its users.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "topoprune")]
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["pthread"]
        self.cpp_info.bindirs = []
        if not self.options.compiled:
            self.cpp_info.libdirs = []
            return
        io = ["topoprune_compiled_io"] if self.options.with_io else []
        self.cpp_info.libs = io + ["topoprune_compiled"]
        self.cpp_info.defines = ["TOPOPRUNE_COMPILED"] + (["TOPOPRUNE_USE_TBB"] if self.options.with_tbb else [])
        self.cpp_info.cxxflags = ["-ffp-contract=off"]
        if self.settings.compiler == "gcc":
            self.cpp_info.cxxflags.append("-fno-tree-slp-vectorize")
