# Takes what topoprune needs from the packages of Debian 12 (cmake/install_packages.sh installs them), not from a server.
[settings]
os=Linux
arch=x86_64
compiler=gcc
compiler.version=12
compiler.cppstd=20
compiler.libcxx=libstdc++11
build_type=Release

[platform_requires]
eigen/3.4.0
boost/1.74.0
nanoflann/1.4.2
spectra/1.0.1
xsimd/8.1.0
onetbb/2021.8.0
zlib/1.2.13
nlohmann_json/3.11.2

[conf]
# Nothing is written beside the recipe.
tools.cmake.cmake_layout:test_folder=$TMP
tools.cmake.cmaketoolchain:user_presets=
